import type { ListQuery, Ticket } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { announce, onChange, type Told } from "../feed";
import { Refusal } from "../refusal";

const NEXT: ListQuery = { isFollowUp: true, sortBy: "followUpDate", sortOrder: "asc", pageSize: 50 };
/** Milliseconds by which the API's clock may be behind. */
const BEHIND = 500;
const LONGEST_WAIT = 3_600_000;

/**
 * Tells whoever listens to the feed of the tickets whose follow-up falls due: that moment makes no version of a ticket,
 * so the feed itself has nothing to tell.
 */
class FollowUps {
  private timer = 0;
  private ahead: readonly Ticket[] = [];
  /** The dates that were told: where the API's clock is behind, it goes on naming them. */
  private readonly told = new Set<string>();
  private isEnded = false;

  async plan(): Promise<void> {
    this.ahead = await readAhead();
    clearTimeout(this.timer);
    if (this.isEnded || !this.ahead.length) return;
    const first = this.ahead.find((ticket) => !this.told.has(dateOf(ticket)));
    const wait = first ? Math.max(0, untilDue(first)) + BEHIND : LONGEST_WAIT;
    this.timer = window.setTimeout(() => this.fallDue(), Math.min(wait, LONGEST_WAIT));
  }

  concerns({ ticketID, ticket }: Told): boolean {
    return Boolean(ticket?.followUpDate) || this.ahead.some((known) => known.ticketID === ticketID);
  }

  end(): void {
    this.isEnded = true;
    clearTimeout(this.timer);
  }

  private fallDue(): void {
    const due = this.ahead.filter((ticket) => untilDue(ticket) <= 0 && !this.told.has(dateOf(ticket)));
    for (const ticket of due) this.told.add(dateOf(ticket));
    if (due.length) announce(due.map((ticket) => ({ ticketID: ticket.ticketID, ticket })));
    else void this.plan();
  }
}

/** Watch what falls due until the function returned is called. */
export function watchFollowUps(): () => void {
  const followUps = new FollowUps();
  void followUps.plan();
  const leave = onChange((items) => {
    if (items.some((item) => followUps.concerns(item))) void followUps.plan();
  });
  return () => {
    leave();
    followUps.end();
  };
}

/** Return the tickets that wait for their follow-up, the next one first; none where there are too many to sort. */
async function readAhead(): Promise<readonly Ticket[]> {
  try {
    return (await sendUntilAnswered(() => body(api.GET("/api/Tickets", { params: { query: NEXT } })))).items;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return [];
  }
}

function dateOf({ ticketID, followUpDate }: Ticket): string {
  return `${ticketID} ${followUpDate}`;
}

function untilDue({ followUpDate }: Ticket): number {
  return Date.parse(followUpDate ?? "") - Date.now();
}
