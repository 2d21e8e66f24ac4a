import type { ListQuery, Ticket } from "../../api/types";

/** Tell whether a ticket passes the filters of a list, as the API would; a search only the API can judge. */
export function passes(ticket: Ticket, query: ListQuery, now: number): boolean {
  const isAhead = ticket.followUpDate !== null && Date.parse(ticket.followUpDate) > now;
  return (
    ticket.isProcessed &&
    hasEachValue(ticket, query, isAhead) &&
    (!isAhead || query.isFollowUp === true || query.includeFollowUp === true) &&
    isAmong(query.status?.map(lower), lower(ticket.status)) &&
    isAmong(query.channelIDs, ticket.channelID) &&
    (query.endUserID === undefined || ticket.endUsers.some((user) => user.endUserID === query.endUserID))
  );
}

/** Tell whether a ticket has what each filter of a single value asks for. */
function hasEachValue(ticket: Ticket, query: ListQuery, isAhead: boolean): boolean {
  const wanted: [unknown, unknown][] = [
    [query.isClosed, ticket.isClosed],
    [query.isSpam, ticket.isSpam],
    [query.escalated, ticket.escalated],
    [query.isImportant, ticket.isImportant],
    [query.isFollowUp, isAhead],
    [query.uid, ticket.uid],
    [query.customerRepID, ticket.customerRepID ?? 0],
    [query.channelType?.toLowerCase(), ticket.channelType.toLowerCase()],
  ];
  return wanted.every(([filter, value]) => filter === undefined || filter === value);
}

function isAmong<T>(values: readonly T[] | undefined, value: T | null): boolean {
  return !values?.length || (value !== null && values.includes(value));
}

function lower(text: string): string {
  return text.toLowerCase();
}
