import { useState } from "preact/hooks";
import { usePause } from "./use-pause";

/** Return the text of a field whose value is taken once no more is typed for a moment, and what to call with each text. */
export function useTyped(value: string, take: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  const takeLater = usePause((text) => {
    take(text);
    setTyped(null);
  });
  const type = (text: string) => {
    setTyped(text);
    takeLater(text);
  };
  return [typed ?? value, type];
}
