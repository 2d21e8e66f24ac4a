// Sends what waits in the outbox, in order, each message once.
import type { Outbox, Outgoing } from "./outbox";
import { patience } from "./rhythm";
import type { Answer, Refusal, Service } from "./service";

/** Why nothing is sent at present; `until` is when it is tried again, in milliseconds since 1970. */
export interface Trouble {
  kind: "limited" | "unreachable" | "forbidden" | "over";
  until: number;
}

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

  constructor(
    private readonly service: Service,
    private readonly outbox: Outbox,
    private readonly channelToken: string,
    private readonly delivery: Delivery,
  ) {}

  /** Send all that waits, unless the API asked for patience. Of several tabs one sends, so that they begin one chat. */
  send(): void {
    if (this.trouble?.kind === "limited" && Date.now() < this.trouble.until) return;
    clearTimeout(this.timer);
    const all = () => navigator.locks.request(`tickets-chat:${this.channelToken}`, () => this.sendAll());
    this.turn = this.turn.then(all, all);
  }

  private async sendAll(): Promise<void> {
    for (let message = this.outbox.next(); message; message = this.outbox.next()) {
      const first = { triedAt: Date.now(), triedAfter: this.delivery.last() };
      if (!message.triedAt) this.outbox.keep({ ...message, ...first });
      const refusal = await this.sendOne(message);
      if (refusal?.kind === "refused") this.outbox.keep({ ...message, fault: "refused" });
      this.trouble = refusal && this.troubleOf(refusal);
      this.failures = refusal ? this.failures + 1 : 0;
      this.delivery.changed();
      if (this.trouble) return;
    }
  }

  private async sendOne(message: Outgoing): Promise<Refusal | null> {
    const visitorKey = this.delivery.visitorKey();
    const answer = await (visitorKey
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
    if (refusal.kind !== "later") return { kind: refusal.kind, until: Infinity };
    const wait = refusal.wait ?? patience(SOON, this.failures);
    this.timer = window.setTimeout(() => this.send(), wait);
    return { kind: refusal.isLimit ? "limited" : "unreachable", until: Date.now() + wait };
  }
}
