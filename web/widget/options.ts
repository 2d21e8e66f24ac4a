// What a site asks of the widget, by attributes of the script's element.

export interface Options {
  channelToken: string;
  /** The API's address, without /api. */
  api: string;
  lang: string;
  hasSound: boolean;
  hasBadge: boolean;
}

/** Return the options of `<script src="…/widget.js" data-channel-token="…">`. */
export function optionsOf(script: HTMLScriptElement): Options {
  const { channelToken, api, lang, sound, badge } = script.dataset;
  if (!channelToken) throw new Error("The chat needs data-channel-token on its script element.");
  return {
    channelToken,
    api: (api ?? new URL(script.src).origin).replace(/\/+$/, ""),
    lang: lang ?? (document.documentElement.lang || navigator.language),
    hasSound: sound === "on",
    hasBadge: badge === "on",
  };
}
