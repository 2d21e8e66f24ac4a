import type { Failure, Message, Problem, Ticket, TicketPatch } from "../../api/types";
import { answer, api, body, type Answer } from "../api";
import { failures, type Act } from "../bulk";
import { sendUntilAnswered } from "../connection";
import type { Told } from "../feed";
import { Refusal } from "../refusal";
import { Store } from "../store";

const PAGE_SIZE = 50;

export interface Opened {
  ticket: Ticket | null;
  etag: string | null;
  messages: readonly Message[];
  /** Tells whether the messages have been read. */
  areMessagesRead: boolean;
  /** Says why the ticket cannot be shown: it is gone, or another's. */
  problem: Problem | null;
}

/** One ticket with its messages, kept up to date by the feed. */
export class OpenTicket extends Store<Opened> {
  /** The last message up to which all were read. One that was just sent does not raise it: others may stand before it. */
  private readUpTo: number | null = null;

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
      if (read.ticket.unread && !document.hidden) await this.act({ action: "read" });
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.set({ ...this.value, ticket: null, problem: problem.problem });
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
    const messages = await this.readPage(after === null ? { sortOrder: "desc" } : { after });
    this.merge(messages);
    if (messages.length)
      this.readUpTo = Math.max(after ?? 0, ...messages.map((message) => message.messageID));
    if (after !== null && messages.length === PAGE_SIZE) await this.readMessages();
  }

  /** Read a page of messages before the first one known; messageIDs rise without gaps. */
  async readEarlier(): Promise<void> {
    const first = this.value.messages[0]?.messageID ?? 1;
    const after = Math.max(0, first - 1 - PAGE_SIZE);
    this.merge((await this.readPage({ after })).filter((message) => message.messageID < first));
  }

  /** Change fields of the newest version, whatever it is. */
  async change(patch: TicketPatch): Promise<void> {
    await this.patch(patch, {});
  }

  /** Change fields of the version that `etag` names. Raises Refusal 412 where there is a newer one. */
  async save(patch: TicketPatch, etag: string): Promise<Ticket> {
    return await this.patch(patch, { "If-Match": etag });
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

  private async patch(patch: TicketPatch, condition: Record<string, string>): Promise<Ticket> {
    const headers = { "Content-Type": "application/merge-patch+json", ...condition };
    const patched = await sendUntilAnswered(() =>
      answer(api.PATCH("/api/Tickets/{id}", { params: this.path, headers, body: patch })),
    );
    return this.keep(patched).ticket;
  }

  private keep({ data, etag }: Answer<Ticket | undefined>): { ticket: Ticket; etag: string | null } {
    const ticket = data as Ticket;
    this.set({ ...this.value, ticket, etag, problem: null });
    return { ticket, etag };
  }

  private merge(messages: readonly Message[]): void {
    const all = new Map([...this.value.messages, ...messages].map((message) => [message.messageID, message]));
    const inOrder = [...all.values()].sort((left, right) => left.messageID - right.messageID);
    this.set({ ...this.value, messages: inOrder, areMessagesRead: true });
  }

  private async readPage(part: { sortOrder?: "asc" | "desc"; after?: number }): Promise<Message[]> {
    const query = { ticketId: this.ticketID, pageSize: PAGE_SIZE, ...part };
    return (await sendUntilAnswered(() => body(api.GET("/api/TicketMessages", { params: { query } })))).items;
  }
}

function refusalOf(failure: Failure): Refusal {
  return new Refusal({ ...failure, title: failure.code, type: "", errors: [], requestId: "" }, 0);
}
