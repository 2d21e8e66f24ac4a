import type { BulkRequest, Failure } from "../api/types";
import { api, body } from "./api";
import { sendUntilAnswered } from "./connection";
import { Refusal } from "./refusal";

/** Tickets in one request: few enough that progress is seen. */
const AT_ONCE = 20;

export type Act = Omit<BulkRequest, "ticketIDs">;

export interface Progress {
  done: number;
  total: number;
  failed: readonly Failure[];
  isOver: boolean;
}

/** Act on many tickets, some at a time, by `work`, which returns what failed. */
export async function actOnMany(
  ticketIDs: readonly number[],
  work: (ticketIDs: number[]) => Promise<Failure[]>,
  report: (progress: Progress) => void,
): Promise<Progress> {
  let progress: Progress = { done: 0, total: ticketIDs.length, failed: [], isOver: false };
  report(progress);
  for (let start = 0; start < ticketIDs.length; start += AT_ONCE) {
    const batch = ticketIDs.slice(start, start + AT_ONCE);
    const failed = [...progress.failed, ...(await work(batch).catch(failuresOf(batch)))];
    const done = Math.min(start + AT_ONCE, ticketIDs.length);
    progress = { ...progress, failed, done, isOver: done === ticketIDs.length };
    report(progress);
  }
  return progress;
}

/** Return what makes a refusal of all tickets a failure of each; an ended session stays one. */
function failuresOf(ticketIDs: readonly number[]): (problem: unknown) => Failure[] {
  return (problem) => {
    if (!(problem instanceof Refusal) || problem.status === 401) throw problem;
    const { status, code, detail } = problem.problem;
    return ticketIDs.map((ticketID) => ({ ticketID, status, code, detail }));
  };
}

/** Act on tickets with one request, repeated with its key until it is answered; return what failed. */
export async function failures(request: BulkRequest): Promise<Failure[]> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const result = await sendUntilAnswered(() =>
    body(api.PUT("/api/Tickets/bulk", { body: request, headers })),
  );
  return result.failed;
}
