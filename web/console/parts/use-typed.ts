import { useLayoutEffect, useState } from "preact/hooks";
import { usePause } from "./use-pause";

/**
 * Return the text of a field whose value is taken once no more is typed for a moment, and what to call with each text. A
 * value that comes from elsewhere counts more than what is being typed.
 */
export function useTyped(value: string, take: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  const takeLater = usePause(
    (text) => {
      take(text);
      setTyped(null);
    },
    [value],
  );
  useLayoutEffect(() => setTyped(null), [value]);
  const type = (text: string) => {
    setTyped(text);
    takeLater(text);
  };
  return [typed ?? value, type];
}
