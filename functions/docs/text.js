"use strict";
// Elements, and the little Markdown that the description's texts use: headings, paragraphs, lists, **bold**, `code`.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map((part) => {
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
    return document.createTextNode(part);
  });
}

function block(text) {
  const heading = /^## (.*)$/.exec(text);
  if (heading) return element("h3", {}, ...inline(heading[1]));
  const [first, ...items] = `\n${text}`.split("\n- ");
  if (!items.length) return element("p", {}, ...inline(text));
  const list = element("ul", {}, ...items.map((item) => element("li", {}, ...inline(item))));
  return first.trim() ? element("div", {}, element("p", {}, ...inline(first.trim())), list) : list;
}

function rendered(text) {
  return text.split("\n\n").map(block);
}
