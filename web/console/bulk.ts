import type { BulkRequest, Failure, Problem } from "../api/types";
import { api, body } from "./api";
import { sendUntilAnswered } from "./connection";
import { Refusal } from "./refusal";
import { Left, session } from "./session";

/** Tickets in one request: few enough that progress is seen. */
const AT_ONCE = 20;
/** What becomes of the tickets that are left when the session ends. */
const SIGNED_OUT = { status: 401, code: "Unauthorized", title: "", detail: "" };
/** What becomes of those that are left when the page itself has a fault. */
const BROKEN_PAGE = { status: 0, code: "BrokenPage", title: "", detail: "" };

export type Act = Omit<BulkRequest, "ticketIDs">;

export interface Progress {
  done: number;
  total: number;
  failed: readonly Failure[];
  isOver: boolean;
}

/** Act on many tickets, some at a time, by `work`, which returns what failed. It ends with the session that began it. */
export async function actOnMany(
  ticketIDs: readonly number[],
  work: (ticketIDs: number[]) => Promise<Failure[]>,
  report: (progress: Progress) => void,
): Promise<Progress> {
  const begun = session.value?.token;
  let progress: Progress = { done: 0, total: ticketIDs.length, failed: [], isOver: false };
  report(progress);
  while (!progress.isOver) {
    const left = ticketIDs.slice(progress.done);
    const batch = left.slice(0, AT_ONCE);
    const tried = session.value?.token === begun ? work(batch) : Promise.reject(new Left());
    progress = await tried.then(
      (failed) => after(progress, batch.length, failed),
      (problem: unknown) => afterFault(progress, left, batch, problem),
    );
    report(progress);
  }
  return progress;
}

/** Return the progress once so many tickets more were tried. */
function after(progress: Progress, count: number, failed: readonly Failure[]): Progress {
  const done = progress.done + count;
  return { ...progress, done, failed: [...progress.failed, ...failed], isOver: done === progress.total };
}

/**
 * Return the progress where a refusal of all is a failure of each; an ended session is one of all that are left, and so is
 * a fault of the page, which is reported.
 */
function afterFault(progress: Progress, left: number[], batch: number[], problem: unknown): Progress {
  if (problem instanceof Left || (problem instanceof Refusal && problem.status === 401))
    return after(progress, left.length, failuresOf(left, SIGNED_OUT));
  if (problem instanceof Refusal) return after(progress, batch.length, failuresOf(batch, problem.problem));
  reportError(problem);
  return after(progress, left.length, failuresOf(left, BROKEN_PAGE));
}

type Reason = Pick<Problem, "status" | "code" | "title" | "detail">;

/** Return a problem as the failure of each of some tickets; the gateway's own have a title only. */
export function failuresOf(ticketIDs: readonly number[], { status, code, title, detail }: Reason): Failure[] {
  return ticketIDs.map((ticketID) => ({ ticketID, status, code, detail: detail || title }));
}

/** Act on tickets with one request, repeated with its key until it is answered; return what failed. */
export async function failures(request: BulkRequest): Promise<Failure[]> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const result = await sendUntilAnswered(() =>
    body(api.PUT("/api/Tickets/bulk", { body: request, headers })),
  );
  return result.failed;
}
