import { useEffect, useState } from "preact/hooks";
import { useText, type TextKey } from "../text/text";

/** What to say of a wait, after how many milliseconds: what soon comes is not announced. */
const SAID: readonly (readonly [number, TextKey])[] = [
  [1000, "wait"],
  [10_000, "wait.long"],
];

/** Says that it takes a moment, where it does. The place is there before its text: only then is the text read aloud. */
export function LongWait() {
  const say = useText();
  const text = useSaid();
  return (
    <div class="empty long-wait" role="status">
      {text && <p>{say(text)}</p>}
    </div>
  );
}

function useSaid(): TextKey | null {
  const [text, setText] = useState<TextKey | null>(null);
  useEffect(() => {
    const timers = SAID.map(([after, key]) => setTimeout(() => setText(key), after));
    return () => timers.forEach(clearTimeout);
  }, []);
  return text;
}
