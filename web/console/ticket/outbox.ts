import type { Message, NewMessage, Problem } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";
import { Left, session, writer } from "../session";
import { Store } from "../store";

/** A message on its way. It stands in sessionStorage until it is delivered, so a reload does not lose it. */
export interface Outgoing {
  key: string;
  /** Names who wrote it: nobody else sends it. */
  writer: string;
  message: NewMessage;
  refusal: Pick<Problem, "code" | "title" | "detail"> | null;
}

const PLACE = "tickets.outbox";

class Outbox extends Store<readonly Outgoing[]> {
  /** The message that was delivered last, as the API keeps it. */
  readonly delivered = new Store<Message | null>(null);
  private isDelivering = false;

  override set(entries: readonly Outgoing[]): void {
    sessionStorage.setItem(PLACE, JSON.stringify(entries));
    super.set(entries);
  }

  /** Send a message, after those before it, again and again with one key until it is answered. */
  send(message: NewMessage): void {
    const entry = { key: crypto.randomUUID(), writer: writer(), message, refusal: null };
    this.set([...this.value, entry]);
    this.resume();
  }

  /** Send what waits, what an earlier page or an earlier session of the same person could not deliver, too. */
  resume(): void {
    if (!this.isDelivering) void this.deliverAll();
  }

  remove(key: string): void {
    this.set(this.value.filter((entry) => entry.key !== key));
  }

  private async deliverAll(): Promise<void> {
    this.isDelivering = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.deliver(next);
    } catch (problem) {
      if (!(problem instanceof Left || isUnauthorized(problem))) throw problem;
    } finally {
      this.isDelivering = false;
    }
    // whoever came while the last one's work ended
    if (this.next()) this.resume();
  }

  private next(): Outgoing | undefined {
    if (!session.value?.me) return undefined;
    return this.value.find((entry) => entry.writer === writer() && !entry.refusal);
  }

  private async deliver({ key, message }: Outgoing): Promise<void> {
    const headers = { "Idempotency-Key": key };
    try {
      const sent = await sendUntilAnswered(
        () => body(api.POST("/api/TicketMessages", { body: message, headers })),
        mayBeWritten,
      );
      this.delivered.set(sent as Message);
      this.remove(key);
    } catch (problem) {
      if (!(problem instanceof Refusal) || isUnauthorized(problem)) throw problem;
      const { code, title, detail } = problem.problem;
      const refusal = { code, title, detail };
      this.set(this.value.map((other) => (other.key === key ? { ...other, refusal } : other)));
    }
  }
}

/** Tell whether a message may be written, or may yet be: only a repetition with its key tells, and does no harm. */
function mayBeWritten(refusal: Refusal): boolean {
  return refusal.isPassing || refusal.status >= 500 || refusal.code === "Conflict";
}

function isUnauthorized(problem: unknown): boolean {
  return problem instanceof Refusal && problem.status === 401;
}

export const outbox = new Outbox(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]") as Outgoing[]);
