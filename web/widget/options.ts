// What a site asks of the widget, by attributes of the script's element.

export interface Options {
  channelToken: string;
  /** The API's address, without /api. */
  api: string;
  lang: string;
  hasSound: boolean;
  hasBadge: boolean;
}

const LONGEST_TAG = 35;

/** Return the options of `<script src="…/widget.js" data-channel-token="…">`. */
export function optionsOf(script: HTMLScriptElement): Options {
  const { channelToken, api, lang, sound, badge } = script.dataset;
  if (!isSecureContext) throw new Error("The chat needs a page that came by HTTPS.");
  if (!channelToken) throw new Error("The chat needs data-channel-token on its script element.");
  return {
    channelToken,
    api: (api ?? new URL(script.src).origin).replace(/\/+$/, ""),
    lang: (lang ?? (document.documentElement.lang || navigator.language)).slice(0, LONGEST_TAG),
    hasSound: sound === "on",
    hasBadge: badge === "on",
  };
}
