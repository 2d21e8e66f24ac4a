import { useEffect, useRef, useState } from "preact/hooks";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Icon } from "../parts/icon";
import { Refusal } from "../refusal";
import { clock } from "../text/moments";
import { useText } from "../text/text";
import { loudnessOf } from "./loudness";

const STEP = 5;
const BARS = 96;

/** Plays the recording of a call; the waveform shows where somebody speaks, and is where to seek. */
export function Player({ ticketID }: { ticketID: number }) {
  const say = useText();
  const audio = useRef<HTMLAudioElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [loudness, setLoudness] = useState<readonly number[]>([]);
  const [time, setTime] = useState({ now: 0, end: 0, isPlaying: false });
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const ended = new AbortController();
    addressOf(ticketID)
      .then((url) => {
        if (ended.signal.aborted) return [];
        setAddress(url);
        return loudnessOf(url, BARS, ended.signal);
      })
      .then(setLoudness)
      .catch((reason: unknown) => {
        if (!ended.signal.aborted)
          setProblem(reason instanceof Refusal ? reason.message : say("recording.broken"));
      });
    return () => ended.abort();
  }, [ticketID]);

  const note = () => {
    const player = audio.current;
    if (!player) return;
    const end = Number.isFinite(player.duration) ? player.duration : 0;
    setTime({ now: player.currentTime, end, isPlaying: !player.paused });
  };
  const play = () => (audio.current?.paused ? void audio.current.play() : audio.current?.pause());
  const seek = (seconds: number) => {
    if (audio.current) audio.current.currentTime = Math.min(Math.max(0, seconds), time.end);
  };
  /** Addresses last five minutes: play on from another one. */
  const renew = async () => {
    const player = audio.current;
    if (!player || player.error?.code !== MediaError.MEDIA_ERR_NETWORK)
      return setProblem(say("recording.broken"));
    const { currentTime } = player;
    player.src = await addressOf(ticketID);
    player.currentTime = currentTime;
    await player.play();
  };
  if (problem) return <p class="problem-text player">{problem}</p>;
  return (
    <div class="player" role="group" aria-label={say("recording")}>
      <button
        type="button"
        class="round"
        aria-label={say(time.isPlaying ? "pause" : "play")}
        disabled={!address}
        onClick={play}
      >
        <Icon name={time.isPlaying ? "pause" : "play"} />
      </button>
      <Waveform loudness={loudness} now={time.now} end={time.end} seek={seek} />
      <span class="player-time">
        {clock(time.now)} / {clock(time.end)}
      </span>
      <audio
        ref={audio}
        src={address ?? undefined}
        preload="metadata"
        onTimeUpdate={note}
        onDurationChange={note}
        onPlay={note}
        onPause={note}
        onSeeked={note}
        onError={() => void renew()}
      />
    </div>
  );
}

interface WaveformProps {
  loudness: readonly number[];
  now: number;
  end: number;
  seek: (seconds: number) => void;
}

function Waveform({ loudness, now, end, seek }: WaveformProps) {
  const say = useText();
  const bars = loudness.length ? loudness : Array<number>(BARS).fill(0);
  const seekTo = (event: { currentTarget: Element; clientX: number }) => {
    const box = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * end);
  };
  const seekByKey = (event: KeyboardEvent) => {
    const places: Record<string, number> = {
      ArrowLeft: now - STEP,
      ArrowRight: now + STEP,
      Home: 0,
      End: end,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    seek(place);
  };
  return (
    <div
      class="waveform"
      role="slider"
      tabIndex={0}
      aria-label={say("recording.place")}
      aria-valuemin={0}
      aria-valuemax={Math.round(end)}
      aria-valuenow={Math.round(now)}
      aria-valuetext={`${clock(now)} / ${clock(end)}`}
      onClick={seekTo}
      onKeyDown={seekByKey}
    >
      <svg viewBox={`0 0 ${bars.length * 4} 40`} preserveAspectRatio="none" aria-hidden="true">
        {bars.map((level, index) => (
          <Bar
            key={index}
            index={index}
            level={level}
            isPlayed={end > 0 && index / bars.length < now / end}
          />
        ))}
      </svg>
    </div>
  );
}

function Bar({ index, level, isPlayed }: { index: number; level: number; isPlayed: boolean }) {
  const height = 3 + level * 37;
  const classes = isPlayed ? "played" : "";
  return <rect class={classes} x={index * 4} y={20 - height / 2} width="2.5" height={height} rx="1.2" />;
}

async function addressOf(ticketID: number): Promise<string> {
  const params = { path: { ticketId: ticketID } };
  const headers = { Accept: "application/json" };
  const playable = await sendUntilAnswered(() =>
    body(api.GET("/api/Tickets/{ticketId}/play", { params, headers })),
  );
  return playable.url;
}
