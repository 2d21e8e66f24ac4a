// Puts the chat on a site: <script src="…/widget.js" data-channel-token="…" data-api="…" defer></script>
import { Chat } from "./chat";
import { optionsOf, type Options } from "./options";
import { Service } from "./service";
import { Store } from "./store";
import { chime } from "./view/sound";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";
import { sheets } from "./view/style/sheets";
import { wordsOf } from "./words/words";

const HOST = "tickets-chat";
const OPEN = "open";

function place(options: Options): void {
  if (document.querySelector(HOST)) return; // the site names the script twice
  const prefix = `${HOST}:${options.channelToken}:`;
  const [kept, tab] = [new Store(() => localStorage, prefix), new Store(() => sessionStorage, prefix)];
  const words = wordsOf(options.lang);
  const site = { ...options, isAwaited: options.hasBadge || options.hasSound };
  const chat = new Chat(new Service(options.api), kept, site, show);
  const panel = new Panel(words, chat, tab);
  const launcher = new Launcher(words, () => open(true));

  function show(news: number): void {
    panel.show();
    launcher.show(options.hasBadge ? chat.unseen : 0);
    if (news && options.hasSound) chime();
  }

  function open(takesFocus: boolean): void {
    tab.set(OPEN, "yes");
    panel.open(takesFocus);
  }

  panel.dialog.addEventListener("close", () => {
    tab.remove(OPEN);
    launcher.button.focus();
  });
  // beside the body: a site may replace its body, or move it
  document.documentElement.append(hostOf(words.lang, panel.dialog, launcher.button));
  if (tab.get(OPEN)) open(false);
  chat.start();
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

const script = document.currentScript as HTMLScriptElement; // gone once this script has run
const options = optionsOf(script);
if (document.body && document.readyState !== "loading") place(options);
else addEventListener("DOMContentLoaded", () => place(options));
