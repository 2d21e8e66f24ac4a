"use strict";
// The list of operations: it can be filtered, and marks the one that is being read.

const BELOW_HEADER = "-80px 0px -60% 0px"; // the part of the window that is taken to be read

function navigationLink(target, text) {
  return element("li", {}, element("a", { href: `#${target}` }, text));
}

function navigation(groups) {
  const groupLinks = ({ tag, operations }) => [
    element("h2", {}, tag.name),
    element("ul", {}, ...operations.map(({ operation }) => navigationLink(operation.operationId, operation.summary))),
  ];
  const ends = ["Overview", "Schemas"].map((title) => element("ul", {}, navigationLink(title.toLowerCase(), title)));
  return [ends[0], ...groups.flatMap(groupLinks), ends[1]];
}

// Returns the element that a link, or the address of the page, leads to.
function targetOf({ hash }) {
  return document.getElementById(hash.slice(1));
}

function mark(list, target) {
  for (const link of list.querySelectorAll("a")) {
    if (link.hash !== `#${target.id}`) link.removeAttribute("aria-current");
    else link.setAttribute("aria-current", "location");
  }
  const top = list.querySelector("[aria-current]").offsetTop;
  const isShown = top >= list.scrollTop && top < list.scrollTop + list.clientHeight - 40;
  if (!isShown) list.scrollTop = top - list.clientHeight / 2;
}

function markWhatIsRead(list) {
  const targets = [...list.querySelectorAll("a")].map(targetOf);
  const read = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) read[isIntersecting ? "add" : "delete"](target);
      const first = targets.find((target) => read.has(target));
      if (first) mark(list, first);
    },
    { rootMargin: BELOW_HEADER },
  );
  targets.forEach((target) => observer.observe(target));
}

function matches(text, words) {
  return words.every((word) => text.toLowerCase().includes(word));
}

// Hides the operations and schemas that lack a word, and the headings that are left without any.
function filter(list, query, found) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const targets = [...document.querySelectorAll("main > section > details")];
  for (const target of targets) {
    target.hidden = !matches(target.id + target.querySelector("summary").textContent, words);
  }
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = words.length > 0 && !section.querySelector(":scope > details:not([hidden])");
  }
  for (const link of list.querySelectorAll("a")) link.parentElement.hidden = targetOf(link).hidden;
  for (const heading of list.querySelectorAll("h2")) {
    heading.hidden = [...heading.nextElementSibling.children].every((item) => item.hidden);
  }
  const count = targets.filter((target) => !target.hidden).length;
  found.textContent = words.length ? `${count} of ${targets.length}` : "";
}

function listenToFilter(list) {
  const box = document.getElementById("filter");
  const found = document.getElementById("found");
  box.addEventListener("input", () => filter(list, box.value, found));
  addEventListener("hashchange", () => {
    if (!targetOf(location)?.hidden) return;
    box.value = "";
    filter(list, "", found);
  });
}
