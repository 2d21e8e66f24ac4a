import type { ListQuery, Ticket } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { customer } from "../customer";
import { CHANNEL_TYPES, STATUSES } from "../ticket/suggestions";
import type { Figure } from "./figures";

export const DAYS = 30;
/** Tickets that are read at most for what totals do not tell. */
export const LIMIT = 2000;

const DAY = 24 * 3600 * 1000;
const REPS = 30;
/** Spam is no work, and what waits for its follow-up is. */
const COUNTED: ListQuery = { isSpam: false, includeFollowUp: true };

/** Whatever the dashboard shows: exact totals, and the tickets of the last days. */
export type Census = Awaited<ReturnType<typeof readTotals>> & {
  /** The moment at which it was taken. */
  taken: string;
  opened: Ticket[];
  closed: Ticket[];
};

export async function readCensus(signal: AbortSignal): Promise<Census> {
  const [totals, opened, closed] = await Promise.all([
    readTotals(signal),
    lately({ sortBy: "dateCreated" }, (ticket) => ticket.dateCreated, signal),
    lately({ sortBy: "closeDate", isClosed: true }, (ticket) => ticket.closeDate, signal),
  ]);
  return { ...totals, taken: new Date().toISOString(), opened, closed };
}

async function readTotals(signal: AbortSignal) {
  const total = async (query: ListQuery) =>
    (await read({ ...COUNTED, ...query, pageSize: 1 }, signal)).totalCount;
  const figures = (entries: [string, ListQuery][]): Promise<Figure[]> =>
    Promise.all(entries.map(async ([name, query]) => ({ name, value: await total(query) })));
  const reps = customer.value.assignable.slice(0, REPS);
  const isClosed = false;
  const [all, open, unassigned, byStatus, byChannel, byHolder] = await Promise.all([
    total({}),
    total({ isClosed }),
    total({ isClosed, customerRepID: 0 }),
    figures(STATUSES.map((status) => [status, { status: [status] }])),
    figures(CHANNEL_TYPES.map((channelType) => [channelType, { channelType, isClosed }])),
    figures(reps.map(({ name, customerRepID }) => [name, { customerRepID, isClosed }])),
  ]);
  return { all, open, unassigned, byStatus, byChannel, byHolder };
}

/** Return the tickets whose moment lies in the last days, the latest first; of very many the latest ones. */
async function lately(
  query: ListQuery,
  moment: (ticket: Ticket) => string | null,
  signal: AbortSignal,
): Promise<Ticket[]> {
  const since = Date.now() - DAYS * DAY;
  const isLate = (ticket: Ticket) => Date.parse(moment(ticket) ?? "") >= since;
  const found: Ticket[] = [];
  let cursor: string | null = null;
  do {
    const place: ListQuery = cursor ? { cursor } : {};
    const page = await read({ ...COUNTED, ...query, sortOrder: "desc", pageSize: 100, ...place }, signal);
    found.push(...page.items.filter(isLate));
    cursor = page.items.every(isLate) && found.length < LIMIT ? page.nextCursor : null;
  } while (cursor);
  return found;
}

function read(query: ListQuery, signal: AbortSignal) {
  return sendUntilAnswered(() => body(api.GET("/api/Tickets", { params: { query }, signal })));
}
