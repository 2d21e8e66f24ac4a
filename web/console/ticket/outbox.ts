import type { NewMessage } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";
import { Store } from "../store";

/** A message on its way. It stands in sessionStorage until it is delivered, so a reload does not lose it. */
export interface Outgoing {
  key: string;
  /** The representative who wrote it. */
  writer: number;
  message: NewMessage;
  refusal: string | null;
}

const PLACE = "tickets.outbox";

class Outbox extends Store<readonly Outgoing[]> {
  override set(entries: readonly Outgoing[]): void {
    sessionStorage.setItem(PLACE, JSON.stringify(entries));
    super.set(entries);
  }

  /** Send a message, again and again with one key until it is answered, and call `delivered` then. */
  async send(writer: number, message: NewMessage, delivered: () => void): Promise<void> {
    const entry = { key: crypto.randomUUID(), writer, message, refusal: null };
    this.set([...this.value, entry]);
    await this.deliver(entry, delivered);
  }

  /** Send what an earlier page could not deliver. */
  resume(writer: number, ticketID: number, delivered: () => void): void {
    for (const entry of this.value)
      if (
        entry.writer === writer &&
        entry.message.ticketID === ticketID &&
        !entry.refusal &&
        !underWay.has(entry.key)
      )
        void this.deliver(entry, delivered);
  }

  remove(key: string): void {
    this.set(this.value.filter((entry) => entry.key !== key));
  }

  private async deliver(entry: Outgoing, delivered: () => void): Promise<void> {
    const headers = { "Idempotency-Key": entry.key };
    underWay.add(entry.key);
    try {
      await sendUntilAnswered(() => body(api.POST("/api/TicketMessages", { body: entry.message, headers })));
      this.remove(entry.key);
      delivered();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.set(
        this.value.map((other) => (other.key === entry.key ? { ...other, refusal: problem.message } : other)),
      );
    } finally {
      underWay.delete(entry.key);
    }
  }
}

const underWay = new Set<string>();

export const outbox = new Outbox(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]") as Outgoing[]);
