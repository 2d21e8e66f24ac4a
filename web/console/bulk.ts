import type { BulkRequest, Failure } from "../api/types";
import { api, body } from "./api";
import { sendUntilAnswered } from "./connection";

/** Tickets in one request: few enough that progress is seen. */
const AT_ONCE = 20;

export interface Progress {
  done: number;
  total: number;
  failed: readonly Failure[];
  isOver: boolean;
}

/** Act on many tickets, request after request, each repeated with its own key until it is answered. */
export async function actOnMany(
  request: BulkRequest,
  report: (progress: Progress) => void,
): Promise<Progress> {
  const { ticketIDs } = request;
  let progress: Progress = { done: 0, total: ticketIDs.length, failed: [], isOver: false };
  report(progress);
  for (let start = 0; start < ticketIDs.length; start += AT_ONCE) {
    const part = { ...request, ticketIDs: ticketIDs.slice(start, start + AT_ONCE) };
    const failed = [...progress.failed, ...(await failures(part))];
    const done = Math.min(start + AT_ONCE, ticketIDs.length);
    progress = { ...progress, failed, done, isOver: done === ticketIDs.length };
    report(progress);
  }
  return progress;
}

/** Act on the tickets of one request; return what failed. */
export async function failures(request: BulkRequest): Promise<Failure[]> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const result = await sendUntilAnswered(() =>
    body(api.PUT("/api/Tickets/bulk", { body: request, headers })),
  );
  return result.failed;
}
