import type { Message, NewMessage } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";
import { Left, writer } from "../session";
import { Store } from "../store";

/** A message on its way. It stands in sessionStorage until it is delivered, so a reload does not lose it. */
export interface Outgoing {
  key: string;
  /** Names who wrote it: nobody else sends it. */
  writer: string;
  message: NewMessage;
  refusal: string | null;
}

const PLACE = "tickets.outbox";

class Outbox extends Store<readonly Outgoing[]> {
  /** The message that was delivered last, as the API keeps it. */
  readonly delivered = new Store<Message | null>(null);
  private readonly underWay = new Set<string>();

  override set(entries: readonly Outgoing[]): void {
    sessionStorage.setItem(PLACE, JSON.stringify(entries));
    super.set(entries);
  }

  /** Send a message, again and again with one key until it is answered. */
  send(message: NewMessage): void {
    const entry = { key: crypto.randomUUID(), writer: writer(), message, refusal: null };
    this.set([...this.value, entry]);
    void this.deliver(entry);
  }

  /** Send what an earlier page, or an earlier session of the same person, could not deliver. */
  resume(): void {
    for (const entry of this.value)
      if (entry.writer === writer() && !entry.refusal && !this.underWay.has(entry.key))
        void this.deliver(entry);
  }

  remove(key: string): void {
    this.set(this.value.filter((entry) => entry.key !== key));
  }

  private async deliver(entry: Outgoing): Promise<void> {
    const headers = { "Idempotency-Key": entry.key };
    this.underWay.add(entry.key);
    try {
      const sent = await sendUntilAnswered(() =>
        body(api.POST("/api/TicketMessages", { body: entry.message, headers })),
      );
      this.delivered.set(sent as Message);
      this.remove(entry.key);
    } catch (problem) {
      if (problem instanceof Left || (problem instanceof Refusal && problem.status === 401)) return;
      if (!(problem instanceof Refusal)) throw problem;
      this.set(
        this.value.map((other) => (other.key === entry.key ? { ...other, refusal: problem.message } : other)),
      );
    } finally {
      this.underWay.delete(entry.key);
    }
  }
}

export const outbox = new Outbox(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]") as Outgoing[]);
