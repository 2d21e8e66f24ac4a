// One message as it is shown: who says it, its text, and of the visitor's own what became of it.
import type { Said } from "../conversation";
import type { Outgoing } from "../outbox";
import { customOf, type Words } from "../words/words";
import { button, element } from "./element";

/** What a visitor can do about a message that has a fault. */
export interface Remedies {
  renew: (message: Outgoing) => void;
  discard: (message: Outgoing) => void;
}

export class Bubble {
  readonly item: HTMLLIElement;
  private readonly state = element("span", { class: "state" });
  private shown = "";

  constructor(
    private readonly words: Words,
    side: "visitor" | "team",
    speaker: string,
    text: string,
    at: Date,
  ) {
    const time = momentOf(at, customOf(words.lang));
    this.item = element(
      "li",
      { class: side },
      element("span", { class: side === "visitor" ? "unseen" : "speaker", dir: "auto" }, speaker),
      element("p", { dir: "auto" }, text),
      element("span", { class: "below" }, element("time", { datetime: at.toISOString() }, time), this.state),
    );
  }

  /** Show that the API has it. */
  settle(isLastSent: boolean): void {
    this.item.classList.remove("pending", "faulty");
    this.show(isLastSent ? this.words.sent : "");
  }

  /** Show that it is on its way, or why it is not. */
  pend(message: Outgoing, isHeld: boolean, remedies: Remedies): void {
    const { words } = this;
    this.item.classList.toggle("pending", !message.fault);
    this.item.classList.toggle("faulty", Boolean(message.fault));
    if (!message.fault) return this.show(isHeld ? words.waiting : words.sending);
    this.show(
      message.fault === "refused" ? words.refused : words.unsure,
      button(words.again, () => remedies.renew(message)),
      button(words.discard, () => remedies.discard(message)),
    );
  }

  /** Show a state, unless it is shown: a change is read out. */
  private show(state: string, ...remedies: HTMLElement[]): void {
    if (state === this.shown) return;
    this.shown = state;
    this.state.replaceChildren(...(state ? [element("span", { dir: "auto" }, state)] : []), ...remedies);
  }
}

/** Return the time of day; of another day with the day before it. */
function momentOf(at: Date, locale: string): string {
  const time = { hour: "numeric", minute: "2-digit" } as const;
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(locale, isToday ? time : { ...time, day: "numeric", month: "short" });
}

/** Return the bubble of a message that the API has. */
export function bubbleOf(message: Said, words: Words): Bubble {
  const { direction, from, body } = message;
  const isVisitor = direction === "EndUser";
  const nameless = isVisitor ? words.you : direction === "AI" ? words.assistant : words.team;
  const speaker = isVisitor ? words.you : (from ?? nameless);
  return new Bubble(words, isVisitor ? "visitor" : "team", speaker, body, new Date(message.dateCreated));
}
