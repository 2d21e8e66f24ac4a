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
  limited: string;
  forbidden: string;
  closed: string;
  over: string;
  anew: string;
}

/** Return the words of a language tag: those of its language, or English. */
export function wordsOf(lang: string): Words {
  return [nl, fr, de].find((words) => words.lang === languageOf(lang)) ?? en;
}

/** Return the visitor's own tag of a language, such as en-GB: it tells how they write times and dates. */
export function customOf(lang: string): string {
  return navigator.languages.find((tag) => languageOf(tag) === lang) ?? lang;
}

function languageOf(tag: string): string {
  return tag.toLowerCase().split(/[-_]/)[0]!;
}
