// The chat as a window: beside the page on a large screen, over all of it on a small one.
import type { Chat, Person } from "../chat";
import type { KeptTexts } from "../kept-texts";
import type { Words } from "../words/words";
import { Composer } from "./composer";
import { button, element, icon } from "./element";
import { Notice } from "./notice";
import { Transcript } from "./transcript";

const SMALL = "(max-width: 480px), (max-height: 480px)";
const TITLE = "title";

export class Panel {
  readonly dialog: HTMLDialogElement;
  private readonly subtitle = element("p", { dir: "auto" });
  private readonly transcript: Transcript;
  private readonly notice: Notice;
  private readonly composer: Composer;

  constructor(
    private readonly words: Words,
    private readonly chat: Chat,
    tab: KeptTexts,
  ) {
    this.transcript = new Transcript(words, {
      renew: (message) => chat.renew(message),
      discard: (message) => chat.discard(message),
    });
    this.notice = new Notice(words, () => this.beginAnew());
    this.composer = new Composer(words, tab, (text, person) => this.write(text, person));
    const parts = [this.head(), this.transcript.log, this.notice.line, this.composer.form];
    this.dialog = element("dialog", { "aria-labelledby": TITLE }, ...parts);
    this.listen();
    fit(this.dialog, visualViewport!);
  }

  /** Open it: modal where it covers the page, so that the focus stays in it. */
  open(takesFocus: boolean): void {
    if (matchMedia(SMALL).matches) this.dialog.showModal();
    else this.dialog.setAttribute("open", ""); // show() would take the focus
    this.chat.setOpen(true);
    this.transcript.showEnd();
    if (takesFocus) this.composer.text.focus();
  }

  show(): void {
    const { conversation, outgoing, trouble } = this.chat;
    const agent = conversation?.agentName;
    this.subtitle.textContent = agent ? this.words.talkingTo(agent) : this.words.promise;
    const isLoading = Boolean(conversation && !conversation.isRead && !trouble);
    this.transcript.show(conversation?.messages ?? [], outgoing, Boolean(trouble), isLoading);
    this.notice.show(trouble, conversation?.isClosed ?? false);
    this.composer.show(Boolean(conversation) || outgoing.length > 0);
  }

  private head(): HTMLElement {
    const close = button(this.words.close, () => this.dialog.close(), icon("close"));
    const title = element("h2", { id: TITLE }, this.words.title);
    return element("div", { class: "head" }, element("div", {}, title, this.subtitle), close);
  }

  private listen(): void {
    this.dialog.addEventListener("close", () => this.chat.setOpen(this.dialog.open));
    for (const kind of ["keydown", "keypress", "keyup"] as const) {
      this.dialog.addEventListener(kind, (event) => event.stopPropagation()); // the page's shortcuts are not meant
    }
    this.dialog.addEventListener("keydown", ({ key, isComposing }) => {
      if (key === "Escape" && !isComposing) this.dialog.close();
      this.chat.stir();
    });
    this.dialog.addEventListener("pointerdown", () => this.chat.stir());
  }

  private write(text: string, person: Person): void {
    this.chat.write(text, person);
    this.transcript.showEnd();
  }

  private beginAnew(): void {
    this.chat.beginAnew();
    this.composer.text.focus();
  }
}

/** Tell the styles what a phone's keyboard leaves of the window; a visitor who zooms in moves about in the chat. */
function fit(dialog: HTMLElement, seen: VisualViewport): void {
  const tell = () => {
    if (seen.scale !== 1) return;
    dialog.style.setProperty("--seen-from", `${seen.offsetTop}px`);
    dialog.style.setProperty("--seen-height", `${seen.height}px`);
  };
  for (const kind of ["resize", "scroll"]) seen.addEventListener(kind, tell);
}
