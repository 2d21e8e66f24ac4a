// The words of the widget, in the language of the page.
import { de } from "./de";
import { en } from "./en";
import { fr } from "./fr";
import { nl } from "./nl";

export interface Words {
  lang: string;
  open: string;
  unseen: (count: number) => string;
  title: string;
  greeting: string;
  talkingTo: (name: string) => string;
  promise: string;
  close: string;
  messages: string;
  you: string;
  team: string;
  assistant: string;
  name: string;
  address: string;
  message: string;
  send: string;
  sending: string;
  sent: string;
  waiting: string;
  refused: string;
  unsure: string;
  again: string;
  discard: string;
  unreachable: string;
  limited: (seconds: number) => string;
  forbidden: string;
  closed: string;
  over: string;
  anew: string;
}

/** Return the words of a language tag: those of its language, or English. */
export function wordsOf(lang: string): Words {
  const language = lang.toLowerCase().split("-")[0];
  return [nl, fr, de].find((words) => words.lang === language) ?? en;
}
