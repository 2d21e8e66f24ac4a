import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../parts/icon";
import { useStore } from "../store";
import { clock } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { Recording } from "./recording";
import { Waveform } from "./waveform";

/** Plays the recording of a call; the waveform shows where somebody speaks, and is where to seek. */
export function Player({ ticketID }: { ticketID: number }) {
  const say = useText();
  const recording = useRecording(ticketID);
  const { now, end, problem } = useStore(recording);
  if (problem) return <p class="problem-text player">{refused(problem, say)}</p>;
  return (
    <div class="player" role="group" aria-label={say("recording")}>
      <PlayButton recording={recording} />
      <Waveform recording={recording} />
      <span class="player-time">
        {clock(now)} / {clock(end)}
      </span>
      <Sound recording={recording} />
    </div>
  );
}

function useRecording(ticketID: number): Recording {
  const recording = useMemo(() => new Recording(ticketID), [ticketID]);
  useEffect(() => {
    const ended = new AbortController();
    void recording.read(ended.signal);
    return () => ended.abort();
  }, [recording]);
  return recording;
}

function PlayButton({ recording }: { recording: Recording }) {
  const say = useText();
  const { address, isPlaying } = useStore(recording);
  const sign = isPlaying ? "pause" : "play";
  return (
    <button
      type="button"
      class="round"
      aria-label={say(sign)}
      disabled={!address}
      onClick={() => recording.toggle()}
    >
      <Icon name={sign} />
    </button>
  );
}

function Sound({ recording }: { recording: Recording }) {
  const note = () => recording.note();
  return (
    <audio
      ref={(element) => void (recording.audio = element)}
      src={useStore(recording).address ?? undefined}
      preload="metadata"
      onTimeUpdate={note}
      onDurationChange={note}
      onPlay={note}
      onPause={note}
      onSeeked={note}
      onError={() => void recording.renew()}
    />
  );
}
