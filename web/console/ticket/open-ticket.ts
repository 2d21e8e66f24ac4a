import type { Failure, Message, Problem, Ticket, TicketPatch } from "../../api/types";
import { answer, api, body, type Answer } from "../api";
import { failures, type Act } from "../bulk";
import { sendUntilAnswered } from "../connection";
import type { Told } from "../feed";
import { Refusal } from "../refusal";
import { Store } from "../store";

const PAGE_SIZE = 50;
/** Statuses of a ticket that is another's, or no longer there. */
const GONE = [403, 404];

export interface Opened {
  ticket: Ticket | null;
  etag: string | null;
  messages: readonly Message[];
  /** Tells whether the messages have been read. */
  areMessagesRead: boolean;
  /** Says why the ticket cannot be read, or not anew. */
  problem: Problem | null;
}

/** One ticket with its messages, kept up to date by the feed. */
export class OpenTicket extends Store<Opened> {
  /** The last message up to which all were read. One that was just sent does not raise it: others may stand before it. */
  private readUpTo: number | null = null;
  private pageSize = PAGE_SIZE;

  constructor(readonly ticketID: number) {
    super({ ticket: null, etag: null, messages: [], areMessagesRead: false, problem: null });
  }

  private get path() {
    return { path: { id: this.ticketID } };
  }

  /** Read the ticket and its newest messages; they count as read where the page can be seen. */
  async read(): Promise<void> {
    try {
      const [read] = await Promise.all([this.readTicket(), this.readMessages()]);
      this.set({ ...this.value, problem: null });
      if (read.ticket.unread && !document.hidden) await this.markRead();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      const ticket = GONE.includes(problem.status) ? null : this.value.ticket;
      this.set({ ...this.value, ticket, problem: problem.problem });
    }
  }

  private async markRead(): Promise<void> {
    try {
      await this.act({ action: "read" });
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.set({ ...this.value, problem: problem.problem });
    }
  }

  /** Read the ticket anew; return it with its ETag. */
  async readTicket(): Promise<{ ticket: Ticket; etag: string | null }> {
    const read = await sendUntilAnswered(() => answer(api.GET("/api/Tickets/{id}", { params: this.path })));
    return this.keep(read);
  }

  apply(items: readonly Told[]): void {
    const told = items.find((item) => item.ticketID === this.ticketID);
    if (told) void this.read();
  }

  /** Show a message that was just sent. */
  add(message: Message): void {
    if (message.ticketID === this.ticketID) this.merge([message]);
  }

  /** Read the newest messages at first, later all that came since the last one known. */
  async readMessages(): Promise<void> {
    const after = this.readUpTo;
    const messages = await this.readPage(() => (after === null ? { sortOrder: "desc" } : { after }));
    this.merge(messages);
    if (messages.length)
      this.readUpTo = Math.max(after ?? 0, ...messages.map((message) => message.messageID));
    if (after !== null && messages.length === this.pageSize) await this.readMessages();
  }

  /** Read a page of messages before the first one known; messageIDs rise without gaps. */
  async readEarlier(): Promise<void> {
    const first = this.value.messages[0]?.messageID ?? 1;
    const page = await this.readPage(() => ({ after: Math.max(0, first - 1 - this.pageSize) }));
    this.merge(page.filter((message) => message.messageID < first));
  }

  /** Change fields, whatever became of others meanwhile. Raises Refusal 412 where another changed the same ones. */
  async change(patch: TicketPatch): Promise<void> {
    const { ticket: shown, etag } = this.value;
    try {
      await this.save(patch, etag!);
    } catch (problem) {
      if (!(problem instanceof Refusal && problem.status === 412)) throw problem;
      const { ticket } = await this.readTicket();
      if (agree(patch, ticket, patch)) return;
      if (!agree(patch, ticket, shown!)) throw problem;
      await this.change(patch);
    }
  }

  /** Change fields of the version that `etag` names. Raises Refusal 412 where there is a newer one. */
  async save(patch: TicketPatch, etag: string): Promise<Ticket> {
    const headers = { "Content-Type": "application/merge-patch+json", "If-Match": etag };
    const saved = await sendUntilAnswered(() =>
      answer(api.PATCH("/api/Tickets/{id}", { params: this.path, headers, body: patch })),
    );
    return this.keep(saved).ticket;
  }

  /** Delete it; that it is deleted already is as well. */
  async remove(): Promise<void> {
    const [failure] = await failures({ action: "delete", ticketIDs: [this.ticketID] });
    if (failure && failure.status !== 404) throw refusalOf(failure);
  }

  /** Take the ticket. Raises Refusal 409 where another was faster. */
  async assign(): Promise<void> {
    const headers = { "Idempotency-Key": crypto.randomUUID() };
    this.keep(
      await sendUntilAnswered(() =>
        answer(api.PUT("/api/Tickets/{id}/assign", { params: this.path, headers, body: {} })),
      ),
    );
  }

  /** Carry out a bulk action on this ticket alone, and read what became of it. */
  async act(act: Act): Promise<void> {
    const [failure] = await failures({ ...act, ticketIDs: [this.ticketID] });
    if (failure) throw refusalOf(failure);
    await this.readTicket();
  }

  private keep({ data, etag }: Answer<Ticket | undefined>): { ticket: Ticket; etag: string | null } {
    const ticket = data as Ticket;
    // replies may overtake each other
    if (versionOf(etag) >= versionOf(this.value.etag)) this.set({ ...this.value, ticket, etag });
    return { ticket, etag };
  }

  private merge(messages: readonly Message[]): void {
    const all = new Map([...this.value.messages, ...messages].map((message) => [message.messageID, message]));
    const inOrder = [...all.values()].sort((left, right) => left.messageID - right.messageID);
    this.set({ ...this.value, messages: inOrder, areMessagesRead: true });
  }

  /** Read a page of messages; of fewer at once where they are larger than a reply may be. */
  private async readPage(part: () => { sortOrder?: "desc"; after?: number }): Promise<Message[]> {
    const query = { ticketId: this.ticketID, pageSize: this.pageSize, ...part() };
    try {
      return (await sendUntilAnswered(() => body(api.GET("/api/TicketMessages", { params: { query } }))))
        .items;
    } catch (problem) {
      if (query.pageSize === 1 || !isTooLarge(problem)) throw problem;
      this.pageSize = Math.ceil(query.pageSize / 2);
      return this.readPage(part);
    }
  }
}

/** Return the version that an ETag names; 0 where there is none. */
function versionOf(etag: string | null): number {
  return Number(etag?.replaceAll('"', "") ?? 0);
}

function isTooLarge(problem: unknown): boolean {
  return (
    problem instanceof Refusal && problem.problem.errors.some(({ pointer }) => pointer.endsWith("pageSize"))
  );
}

/** Tell whether both have the same in the fields of a patch. */
function agree(patch: TicketPatch, one: TicketPatch, other: TicketPatch): boolean {
  return (Object.keys(patch) as (keyof TicketPatch)[]).every((field) => one[field] === other[field]);
}

function refusalOf(failure: Failure): Refusal {
  return new Refusal({ ...failure, title: failure.code, type: "", errors: [], requestId: "" }, 0);
}
