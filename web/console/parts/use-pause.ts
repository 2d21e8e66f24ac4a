import { useEffect, useRef } from "preact/hooks";

const TYPING_ENDS = 200;

/** Return a function that calls `act` with what is typed, once no more is typed for a moment. */
export function usePause(act: (text: string) => void): (text: string) => void {
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (text) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => act(text), TYPING_ENDS);
  };
}
