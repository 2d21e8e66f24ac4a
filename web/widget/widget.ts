// Puts the chat on a site: <script src="…/widget.js" data-channel-token="…" data-api="…" defer></script>
import { Chat } from "./chat";
import { optionsOf, type Options } from "./options";
import { Service } from "./service";
import { KeptTexts } from "./kept-texts";
import { chime } from "./view/sound";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";
import { sheets } from "./view/style/sheets";
import { wordsOf } from "./words/words";

const HOST = "tickets-chat";
const OPEN = "open";

class Widget {
  private readonly tab: KeptTexts;
  private readonly chat: Chat;
  private readonly panel: Panel;
  private readonly launcher: Launcher;

  constructor(private readonly options: Options) {
    const prefix = `${HOST}:${options.channelToken}:`;
    const [kept, words] = [new KeptTexts(() => localStorage, prefix), wordsOf(options.lang)];
    const site = { ...options, isAwaited: options.hasBadge || options.hasSound };
    this.tab = new KeptTexts(() => sessionStorage, prefix);
    this.chat = new Chat(new Service(options.api), kept, site, (news) => this.show(news));
    this.panel = new Panel(words, this.chat, this.tab);
    this.launcher = new Launcher(words, () => this.open(true));
    this.panel.dialog.addEventListener("close", () => this.closed());
    // beside the body: a site may replace its body, or move it
    document.documentElement.append(hostOf(words.lang, this.panel.dialog, this.launcher.button));
  }

  /** Go on where the visitor left off. */
  start(): void {
    if (this.tab.get(OPEN)) this.open(false);
    this.chat.start();
  }

  private show(news: number): void {
    this.panel.show();
    this.launcher.show(this.options.hasBadge ? this.chat.unseen : 0);
    if (news && this.options.hasSound) chime();
  }

  private open(takesFocus: boolean): void {
    this.tab.set(OPEN, "yes");
    this.panel.open(takesFocus);
  }

  private closed(): void {
    if (this.panel.dialog.open) return; // a close is told of later: it may be open again
    this.tab.remove(OPEN);
    this.launcher.button.focus();
  }
}

/** Return the element that keeps the widget and the page apart. */
function hostOf(lang: string, ...parts: HTMLElement[]): HTMLElement {
  const host = document.createElement(HOST);
  host.lang = lang;
  host.dir = getComputedStyle(document.documentElement).direction;
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = sheets();
  root.append(...parts);
  return host;
}

function place(options: Options): void {
  if (document.querySelector(HOST)) return; // the site names the script twice
  new Widget(options).start();
}

const script = document.currentScript as HTMLScriptElement; // gone once this script has run
const options = optionsOf(script);
if (document.body && document.readyState !== "loading") place(options);
else addEventListener("DOMContentLoaded", () => place(options));
