"use strict";
// JSON in colours, as elements: no text is ever read as markup.

const TOKEN = /(?<key>"(?:\\.|[^"\\])*"(?=\s*:))|(?<string>"(?:\\.|[^"\\])*")|(?<number>-?\d[\d.eE+-]*)|(?<literal>true|false|null)/g;
const TOO_LONG = 200_000; // characters, after which a browser is busy for longer than the colours are worth

function highlighted(text) {
  if (text.length > TOO_LONG) return [text];
  const parts = [];
  let end = 0;
  for (const token of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(token.groups).find(([, found]) => found !== undefined);
    parts.push(text.slice(end, token.index), element("span", { class: kind }, token[0]));
    end = token.index + token[0].length;
  }
  return [...parts, text.slice(end)];
}

function jsonBlock(value) {
  return element("pre", { tabindex: 0 }, ...highlighted(JSON.stringify(value, null, 2)));
}
