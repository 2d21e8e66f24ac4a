import type { Problem } from "../api/types";
import { useEffect, useState } from "preact/hooks";
import { sendUntilAnswered } from "./connection";
import { Refusal } from "./refusal";

interface Asked<T> {
  data: T | null;
  problem: Problem | null;
}

/** Ask the API when a component appears and when `on` changes; return the last answer, and why the last try was refused. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, on: readonly unknown[]): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ data: null, problem: null });
  useEffect(() => {
    const ended = new AbortController();
    setAsked(({ data }) => ({ data, problem: null }));
    sendUntilAnswered(() => ask(ended.signal)).then(
      (data) => !ended.signal.aborted && setAsked({ data, problem: null }),
      (problem: unknown) => {
        if (ended.signal.aborted) return;
        if (!(problem instanceof Refusal)) throw problem;
        setAsked({ data: null, problem: problem.problem });
      },
    );
    return () => ended.abort();
  }, on);
  return asked;
}
