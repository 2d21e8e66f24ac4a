// The messages, as a log that a screen reader follows. What is shown stays in place; what is new is added.
import type { Said } from "../conversation";
import type { Outgoing } from "../outbox";
import type { Words } from "../words/words";
import { Bubble, bubbleOf, type Remedies } from "./bubble";
import { element } from "./element";

/** Pixels from the end within which a reader is taken to be at the end. */
const NEAR = 60;

export class Transcript {
  private readonly list = element("ol");
  readonly log: HTMLElement;
  private bubbles = new Map<string, Bubble>();
  private isAtEnd = true;

  constructor(
    private readonly words: Words,
    private readonly remedies: Remedies,
  ) {
    const role = { role: "log", "aria-label": words.messages, tabindex: "0", class: "log" };
    this.log = element("div", role, element("p", { class: "greeting" }, words.greeting), this.list);
    this.stayAtEnd();
  }

  /** Show what was said, and after it what is on its way; `isHeld`: that has to wait. */
  show(said: Said[], outgoing: Outgoing[], isHeld: boolean, isLoading: boolean): void {
    this.log.setAttribute("aria-busy", String(isLoading));
    const before = this.bubbles;
    this.bubbles = new Map();
    const lastSent = said.findLast((message) => message.direction === "EndUser");
    for (const message of said) {
      const number = String(message.messageID);
      const key = message.key ?? number;
      const bubble = before.get(key) ?? before.get(number) ?? bubbleOf(message, this.words);
      this.keep(key, bubble).settle(message === lastSent);
    }
    for (const message of outgoing) {
      if (this.bubbles.has(message.key)) continue;
      const bubble = before.get(message.key) ?? this.own(message);
      this.keep(message.key, bubble).pend(message, isHeld, this.remedies);
    }
    this.arrange();
  }

  showEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
  }

  private own({ text, writtenAt }: Outgoing): Bubble {
    return new Bubble(this.words, "visitor", this.words.you, text, new Date(writtenAt));
  }

  private keep(key: string, bubble: Bubble): Bubble {
    this.bubbles.set(key, bubble);
    return bubble;
  }

  /** Put the bubbles in order, and touch none that is in its place. */
  private arrange(): void {
    const items = [...this.bubbles.values()].map((bubble) => bubble.item);
    for (const item of [...this.list.children]) if (!items.includes(item as HTMLLIElement)) item.remove();
    items.forEach((item, place) => {
      if (this.list.children[place] !== item) this.list.insertBefore(item, this.list.children[place] ?? null);
    });
  }

  /** Keep a reader at the end there, whatever grows: the messages, the notice, the box or a phone's keyboard. */
  private stayAtEnd(): void {
    this.log.addEventListener("scroll", () => {
      this.isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    });
    const observer = new ResizeObserver(() => this.isAtEnd && this.showEnd());
    for (const part of [this.log, this.list]) observer.observe(part);
  }
}
