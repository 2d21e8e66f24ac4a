// Where the visitor writes: a name and an address before the first message, if they like, and then messages.
import type { Person } from "../chat";
import type { KeptTexts } from "../kept-texts";
import type { Words } from "../words/words";
import { element, icon } from "./element";

const DRAFT = "draft";
/** What the API refuses in any text, and a visitor does not see: it may come with what is pasted. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;
const LONGEST = { name: "200", address: "254", text: "10000" };

export class Composer {
  readonly form: HTMLFormElement;
  readonly text: HTMLTextAreaElement;
  private readonly name: HTMLInputElement;
  private readonly address: HTMLInputElement;
  private readonly person: HTMLElement;

  /** `tab` keeps what is typed until it is sent, also when the page changes. */
  constructor(
    words: Words,
    private readonly tab: KeptTexts,
    private readonly write: (text: string, person: Person) => void,
  ) {
    this.name = field("text", words.name, LONGEST.name, "name");
    this.address = field("email", words.address, LONGEST.address, "email");
    this.person = element("div", { class: "person" }, this.name, this.address);
    const labels = { "aria-label": words.message, placeholder: words.message };
    this.text = element("textarea", { rows: "1", maxlength: LONGEST.text, dir: "auto", ...labels });
    this.text.value = tab.get(DRAFT) ?? "";
    const send = element("button", { type: "submit", class: "send", "aria-label": words.send }, icon("send"));
    this.form = element(
      "form",
      { novalidate: "" },
      this.person,
      element("div", { class: "line" }, this.text, send),
    );
    this.listen();
  }

  /** Ask who writes before the first message only. */
  show(isBegun: boolean): void {
    this.person.hidden = isBegun;
  }

  private listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("input", () => this.tab.set(DRAFT, this.text.value));
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
  }

  private submit(): void {
    const text = sendable(this.text);
    if (!text) return this.text.focus();
    const [name, uid] = [sendable(this.name), sendable(this.address)];
    this.text.value = "";
    this.tab.remove(DRAFT);
    this.write(text, { ...(name && { name }), ...(uid && { uid }) });
    this.text.focus();
  }
}

function sendable({ value }: HTMLInputElement | HTMLTextAreaElement): string {
  return value.replace(UNSEEN, "").trim();
}

function field(type: string, label: string, maxlength: string, autocomplete: string): HTMLInputElement {
  return element("input", { type, maxlength, autocomplete, "aria-label": label, placeholder: label });
}
