import { useStore } from "../store";
import { clock } from "../text/moments";
import { useText } from "../text/text";
import { BARS, type Recording } from "./recording";

const STEP = 5;

/** Shows how loud a recording is, and how far it is played; a click or a key seeks in it. */
export function Waveform({ recording }: { recording: Recording }) {
  const say = useText();
  return (
    <div
      class="waveform"
      role="slider"
      tabIndex={0}
      aria-label={say("recording.place")}
      {...spoken(useStore(recording))}
      onClick={(event) => seekTo(event, recording)}
      onKeyDown={(event) => seekByKey(event, recording)}
    >
      <Bars recording={recording} />
    </div>
  );
}

/** Return what tells those who cannot see it how far it is. */
function spoken({ now, end }: Recording["value"]) {
  return {
    "aria-valuemin": 0,
    "aria-valuemax": Math.round(end),
    "aria-valuenow": Math.round(now),
    "aria-valuetext": `${clock(now)} / ${clock(end)}`,
  };
}

function seekTo(event: { currentTarget: Element; clientX: number }, recording: Recording): void {
  const box = event.currentTarget.getBoundingClientRect();
  recording.seek(((event.clientX - box.left) / box.width) * recording.value.end);
}

function seekByKey(event: KeyboardEvent, recording: Recording): void {
  const { now, end } = recording.value;
  const places: Record<string, number> = {
    ArrowLeft: now - STEP,
    ArrowRight: now + STEP,
    Home: 0,
    End: end,
  };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  recording.seek(place);
}

function Bars({ recording }: { recording: Recording }) {
  const { loudness, now, end } = useStore(recording);
  const bars = loudness.length ? loudness : Array<number>(BARS).fill(0);
  const played = end > 0 ? (now / end) * bars.length : 0;
  return (
    <svg viewBox={`0 0 ${bars.length * 4} 40`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map((level, index) => (
        <Bar key={index} index={index} level={level} isPlayed={index < played} />
      ))}
    </svg>
  );
}

function Bar({ index, level, isPlayed }: { index: number; level: number; isPlayed: boolean }) {
  const height = 3 + level * 37;
  const classes = isPlayed ? "played" : "";
  return <rect class={classes} x={index * 4} y={20 - height / 2} width="2.5" height={height} rx="1.2" />;
}
