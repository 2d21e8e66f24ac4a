import type { Message, NewMessage, Problem } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { inTab } from "../kept";
import { isFaultOfTheApi, Refusal } from "../refusal";
import { Left, session, writer } from "../session";
import { Store } from "../store";

/** A message on its way. It stands in sessionStorage until it is delivered, so a reload does not lose it. */
export interface Outgoing {
  key: string;
  /** Names who wrote it: nobody else sends it. */
  writer: string;
  message: NewMessage;
  /** When it was first tried: from then on the API knows its key. */
  triedAt?: number;
  refusal: Pick<Problem, "code" | "title" | "detail"> | null;
}

/** Stands for a refusal where nobody knows whether a message arrived. */
export const UNSURE = { code: "Unsure", title: "", detail: "" };
/** Milliseconds for which a key surely prevents a second message: an hour less than the API remembers it. */
const SURE_FOR = 23 * 3_600_000;

const PLACE = "outbox";

class Outbox extends Store<readonly Outgoing[]> {
  /** The message that was delivered last, as the API keeps it. */
  readonly delivered = new Store<Message | null>(null);
  private isDelivering = false;

  override set(entries: readonly Outgoing[]): void {
    inTab.set(PLACE, JSON.stringify(entries));
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
    try {
      // it may be written after a fault as well: only a repetition with its key tells, and does no harm
      const sent = await sendUntilAnswered(() => this.tryOnce(key, message), isFaultOfTheApi);
      if (!sent) return this.change(key, { refusal: UNSURE });
      this.delivered.set(sent);
      this.remove(key);
    } catch (problem) {
      if (!(problem instanceof Refusal) || isUnauthorized(problem)) throw problem;
      const { code, title, detail } = problem.problem;
      this.change(key, { refusal: { code, title, detail } });
    }
  }

  /** Return the message that was written; null where its key may be forgotten, so that it could be written twice. */
  private async tryOnce(key: string, message: NewMessage): Promise<Message | null> {
    const triedAt = this.value.find((entry) => entry.key === key)?.triedAt;
    if (triedAt && Date.now() - triedAt > SURE_FOR) return null;
    // what is tried without a network does not arrive, so its time does not count
    if (!triedAt && navigator.onLine) this.change(key, { triedAt: Date.now() });
    const headers = { "Idempotency-Key": key };
    return (await body(api.POST("/api/TicketMessages", { body: message, headers }))) as Message;
  }

  private change(key: string, part: Partial<Outgoing>): void {
    this.set(this.value.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  }
}

function isUnauthorized(problem: unknown): boolean {
  return problem instanceof Refusal && problem.status === 401;
}

export const outbox = new Outbox(JSON.parse(inTab.get(PLACE) ?? "[]") as Outgoing[]);
