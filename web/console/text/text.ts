import { language } from "../settings";
import { useStore } from "../store";
import { en } from "./en";
import { nl } from "./nl";

export type TextKey = keyof typeof en;
/** Returns the text of a key in the user's language, with `{name}` replaced by the values given. */
export type Say = (key: TextKey, values?: Record<string, string | number>) => string;

const TEXTS = { en, nl };

export function useText(): Say {
  return textIn(useStore(language));
}

export function textIn(language: keyof typeof TEXTS): Say {
  const texts: Record<TextKey, string> = TEXTS[language];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
