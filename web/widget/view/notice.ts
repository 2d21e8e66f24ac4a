// One line above the box: why nothing is sent, or that the chat is closed or over.
import type { Trouble } from "../sender";
import type { Words } from "../words/words";
import { button, element } from "./element";

export class Notice {
  readonly line = element("p", { role: "status", class: "notice" });
  private shown = "";

  constructor(
    private readonly words: Words,
    private readonly beginAnew: () => void,
  ) {}

  show(trouble: Trouble | null, isClosed: boolean): void {
    const text = trouble ? this.words[trouble] : isClosed ? this.words.closed : "";
    if (text === this.shown) return; // a change is read out
    this.shown = text;
    this.line.replaceChildren(text);
    if (trouble === "over") this.line.append(button(this.words.anew, this.beginAnew));
  }
}
