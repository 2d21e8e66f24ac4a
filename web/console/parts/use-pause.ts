import { useLayoutEffect, useRef } from "preact/hooks";

const TYPING_ENDS = 200;

/** Return a function that calls `act` with what is typed, once no more is typed for a moment, unless `on` changes in it. */
export function usePause(act: (text: string) => void, on: readonly unknown[] = []): (text: string) => void {
  const timer = useRef(0);
  useLayoutEffect(() => () => clearTimeout(timer.current), on);
  return (text) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => act(text), TYPING_ENDS);
  };
}
