import type { ListQuery, Problem, Ticket, TicketPage } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import type { Told } from "../feed";
import { Refusal } from "../refusal";
import { Store } from "../store";
import { passes } from "./membership";
import { inOrder } from "./order";

const PAGE_SIZE = 50;

export interface Loaded {
  tickets: readonly Ticket[];
  totalCount: number | null;
  isComplete: boolean;
  isLoading: boolean;
  problem: Problem | null;
}

const NOTHING: Loaded = { tickets: [], totalCount: null, isComplete: false, isLoading: true, problem: null };

/** The tickets of one query, read page by page, and kept up to date by the feed. */
export class TicketList extends Store<Loaded> {
  private readonly ended = new AbortController();
  private cursor: string | null = null;
  private isReading = false;
  /** What the feed has told since each read under way began. */
  private readonly meanwhile = new Set<Told[]>();

  constructor(readonly query: ListQuery) {
    super(NOTHING);
  }

  /** Read the next page, if there is one and none is being read. */
  async more(): Promise<void> {
    if (this.isReading || this.value.isComplete || this.ended.signal.aborted) return;
    this.isReading = true;
    this.show({ isLoading: true });
    try {
      await this.readNext();
    } catch (problem) {
      if (this.ended.signal.aborted) return;
      if (!(problem instanceof Refusal)) throw problem;
      this.show({ problem: problem.problem, isComplete: true });
    } finally {
      this.isReading = false;
      this.show({ isLoading: false });
    }
  }

  /** Read on where a refusal ended it. */
  async tryAgain(): Promise<void> {
    this.show({ isComplete: false, problem: null });
    await this.more();
  }

  /** Show what the feed tells. */
  apply(items: readonly Told[]): void {
    for (const told of this.meanwhile) told.push(...items);
    this.put(items);
  }

  /** Read the exact total anew, and the first page where only the API knows what matches a search. */
  async refresh(): Promise<void> {
    if (this.ended.signal.aborted) return;
    const isSearch = Boolean(this.query.search);
    await this.read({ pageSize: isSearch ? PAGE_SIZE : 1 }, ({ totalCount, items }) => ({
      totalCount,
      ...(isSearch && { tickets: this.merged(items) }),
    }));
  }

  end(): void {
    this.ended.abort();
  }

  private async readNext(): Promise<void> {
    const cursor = this.cursor === null ? {} : { cursor: this.cursor };
    await sendUntilAnswered(() =>
      this.read({ pageSize: PAGE_SIZE, ...cursor }, ({ items, nextCursor, totalCount }) => {
        this.cursor = nextCursor;
        return { tickets: this.merged(items), totalCount, isComplete: nextCursor === null, problem: null };
      }),
    );
  }

  /** Put what the feed tells where it belongs; what lies beyond the pages read so far is left to them. */
  private put(items: readonly Told[]): void {
    const told = new Map(items.map((item) => [item.ticketID, item.ticket]));
    const tickets = this.value.tickets.filter((ticket) => !told.has(ticket.ticketID));
    const known = new Set(this.value.tickets.map((ticket) => ticket.ticketID));
    for (const ticket of told.values()) {
      if (ticket && this.belongs(ticket, known.has(ticket.ticketID)))
        insert(tickets, ticket, inOrder(this.query));
    }
    this.show({ tickets });
  }

  private belongs(ticket: Ticket, isKnown: boolean): boolean {
    if (!passes(ticket, this.query, Date.now())) return false;
    if (this.query.search) return isKnown;
    const last = this.value.tickets.at(-1);
    return this.value.isComplete || !last || isKnown || inOrder(this.query)(ticket, last) < 0;
  }

  private merged(items: readonly Ticket[]): Ticket[] {
    const read = new Set(items.map((ticket) => ticket.ticketID));
    const kept = this.value.tickets.filter((ticket) => !read.has(ticket.ticketID));
    return [...kept, ...items].sort(inOrder(this.query));
  }

  /** Read a page and show what `taken` makes of it; what the feed told meanwhile is newer, and goes over it. */
  private async read(part: ListQuery, taken: (page: TicketPage) => Partial<Loaded>): Promise<void> {
    const query = { ...this.query, ...part };
    const told: Told[] = [];
    this.meanwhile.add(told);
    try {
      const page = await body(api.GET("/api/Tickets", { params: { query }, signal: this.ended.signal }));
      this.show(taken(page));
      if (told.length) this.put(told);
    } finally {
      this.meanwhile.delete(told);
    }
  }

  private show(part: Partial<Loaded>): void {
    if (!this.ended.signal.aborted) this.set({ ...this.value, ...part });
  }
}

function insert(tickets: Ticket[], ticket: Ticket, order: (left: Ticket, right: Ticket) => number): void {
  const place = tickets.findIndex((other) => order(ticket, other) < 0);
  tickets.splice(place < 0 ? tickets.length : place, 0, ticket);
}
