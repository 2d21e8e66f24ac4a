import type { Ticket } from "../../api/types";

export interface Figure {
  name: string;
  value: number;
}

export interface DayFigure {
  day: Date;
  opened: number;
  closed: number;
}

/** Return the days up to today, the oldest first, with how many tickets were opened and closed on each. */
export function perDay(
  opened: readonly string[],
  closed: readonly string[],
  count: number,
  today = new Date(),
): DayFigure[] {
  const [openedOn, closedOn] = [tally(opened.map(dayKey)), tally(closed.map(dayKey))];
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - index));
    const key = day.toDateString();
    return { day, opened: openedOn.get(key) ?? 0, closed: closedOn.get(key) ?? 0 };
  });
}

/** Return how many tickets have each topic, the most frequent first. */
export function byTopic(tickets: readonly Ticket[]): Figure[] {
  return [...tally(tickets.flatMap((ticket) => ticket.topics))]
    .map(([name, value]) => ({ name, value }))
    .sort((left, right) => right.value - left.value || left.name.localeCompare(right.name));
}

/** Return the figures with what they leave of a total under a name of its own, where they leave any. */
export function withRest(figures: readonly Figure[], total: number, name: string): Figure[] {
  const rest = total - figures.reduce((sum, figure) => sum + figure.value, 0);
  return rest > 0 ? [...figures, { name, value: rest }] : [...figures];
}

/** Return the median time from a ticket's creation until it was closed, in milliseconds; null where none was closed. */
export function medianTimeToClose(closed: readonly Ticket[]): number | null {
  const times = closed
    .filter((ticket) => ticket.closeDate !== null)
    .map((ticket) => Date.parse(ticket.closeDate!) - Date.parse(ticket.dateCreated))
    .sort((left, right) => left - right);
  const middle = Math.floor(times.length / 2);
  if (!times.length) return null;
  return times.length % 2 ? times[middle]! : (times[middle - 1]! + times[middle]!) / 2;
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function dayKey(instant: string): string {
  return new Date(instant).toDateString();
}
