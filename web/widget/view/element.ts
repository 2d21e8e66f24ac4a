// Makes elements. Text is only ever text: nothing here reads markup.

type Children = (Node | string)[];

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Children
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function button(label: string, press: () => void, ...children: Children): HTMLButtonElement {
  const made = element("button", { type: "button" }, ...(children.length ? children : [label]));
  if (children.length) made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  chat: "M5 4h14a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-6.5L7.5 21v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M5.5 11.500L12 5l6.5 6.5",
};

/** Return a drawing that is read out as nothing. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(path);
  return drawing;
}
