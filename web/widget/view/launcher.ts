// The button that opens the chat; on it, if the site wants it, how many answers were not seen.
import type { Words } from "../words/words";
import { button, element, icon } from "./element";

export class Launcher {
  readonly button: HTMLButtonElement;
  private readonly badge = element("span", { class: "badge", "aria-hidden": "true" });

  constructor(
    private readonly words: Words,
    open: () => void,
  ) {
    this.button = button(words.open, open, icon("chat"), this.badge);
    this.button.className = "launcher";
    this.button.setAttribute("aria-haspopup", "dialog");
  }

  show(unseen: number): void {
    const { open, unseen: news } = this.words;
    this.badge.textContent = unseen ? String(unseen) : "";
    this.button.setAttribute("aria-label", unseen ? `${open} (${news(unseen)})` : open);
  }
}
