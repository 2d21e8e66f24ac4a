// Sends what waits in the outbox, in order, each message once.
import type { Outbox, Outgoing } from "./outbox";
import { patience } from "./rhythm";
import type { Answer, Refusal, Service } from "./service";

/** Why nothing is sent at present. */
export type Trouble = "limited" | "unreachable" | "forbidden" | "over";

/** What a sender tells of: `begun` a chat, `said` a message, or a change of what waits. */
export interface Delivery {
  visitorKey: () => string | null;
  /** Returns the last message that is known. */
  last: () => number;
  begun: (visitorKey: string) => void;
  said: (message: Outgoing, messageID: number, dateCreated: string) => void;
  changed: () => void;
}

const FIRST_MESSAGE = 1;
const SOON = 1_000;

export class Sender {
  trouble: Trouble | null = null;
  /** Settles when nothing is being sent. */
  turn: Promise<unknown> = Promise.resolve();
  private failures = 0;
  private timer = 0;
  /** The API asked for patience, and it is not over. */
  private isHeld = false;

  constructor(
    private readonly service: Service,
    private readonly outbox: Outbox,
    private readonly channelToken: string,
    private readonly delivery: Delivery,
  ) {}

  /** Send all that waits, unless the API asked for patience. */
  send(): void {
    if (this.isHeld) return;
    clearTimeout(this.timer);
    this.turn = this.turn.then(() => this.alone(() => this.sendAll())).catch(reportError);
  }

  /** Work while no other tab does, so that several begin one chat. Where nothing is kept, they share nothing. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (!this.outbox.isShared) return work();
    await navigator.locks.request(`tickets-chat:${this.channelToken}`, work);
  }

  private async sendAll(): Promise<void> {
    for (let next = this.outbox.next(); next && !this.isHeld; next = this.outbox.next()) {
      const message = next.triedAt ? next : this.firstTry(next);
      const refusal = await this.sendOne(message);
      if (refusal?.kind === "refused") this.outbox.keep({ ...message, fault: "refused" });
      this.note(refusal);
      if (refusal && refusal.kind !== "refused") return; // what is refused for good makes way for the next
    }
    if (this.trouble && !this.isHeld) this.note(null); // another tab has sent what waited
  }

  private note(refusal: Refusal | null): void {
    this.trouble = refusal && this.troubleOf(refusal);
    this.failures = refusal ? this.failures + 1 : 0;
    this.delivery.changed();
  }

  /** Note a try. What is tried without a network does not arrive, so its time does not count. */
  private firstTry(message: Outgoing): Outgoing {
    const { begins = !this.delivery.visitorKey(), triedAfter = this.delivery.last() } = message;
    const tried = { ...message, begins, triedAfter, ...(navigator.onLine && { triedAt: Date.now() }) };
    this.outbox.keep(tried);
    return tried;
  }

  private async sendOne(message: Outgoing): Promise<Refusal | null> {
    const visitorKey = this.delivery.visitorKey();
    const answer = await (visitorKey && !message.begins
      ? this.service.say(visitorKey, message.text, message.key)
      : this.begin(message));
    if (answer.kind !== "done") return answer;
    this.delivery.said(message, answer.value.messageID, answer.value.dateCreated);
    this.outbox.remove(message);
    return null;
  }

  private async begin(message: Outgoing): Promise<Answer<{ messageID: number; dateCreated: string }>> {
    const draft = { channelToken: this.channelToken, message: message.text, ...message.about };
    const answer = await this.service.begin(draft, message.key);
    if (answer.kind !== "done") return answer;
    this.delivery.begun(answer.value.visitorKey);
    return { kind: "done", value: { messageID: FIRST_MESSAGE, dateCreated: answer.value.dateCreated } };
  }

  private troubleOf(refusal: Refusal): Trouble | null {
    if (refusal.kind === "refused") return null;
    if (refusal.kind !== "later") return refusal.kind;
    clearTimeout(this.timer); // of the turn before, when this one was waiting for it
    this.isHeld = refusal.isLimit;
    this.timer = window.setTimeout(() => this.retry(), refusal.wait ?? patience(SOON, this.failures));
    return refusal.isLimit ? "limited" : "unreachable";
  }

  private retry(): void {
    this.isHeld = false;
    this.send();
  }
}
