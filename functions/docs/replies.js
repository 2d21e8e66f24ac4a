"use strict";
// The replies of an operation: what each means, and examples of its body.

function examplesOf(content) {
  const named = Object.entries(content?.examples ?? {}).map(([name, { value }]) => [`Example: ${name}`, value]);
  return content && "example" in content ? [["Example", content.example], ...named] : named;
}

// Made when it is first opened: there are hundreds.
function exampleDetails([title, value]) {
  const details = element("details", { class: "example" }, element("summary", {}, title));
  details.addEventListener("toggle", () => details.append(jsonBlock(value)), { once: true });
  return details;
}

function replyRow(api, status, part) {
  const reply = resolved(api, part);
  const content = Object.values(reply.content ?? {})[0];
  const name = content && nameOf(content.schema);
  const body = name ? element("a", { href: `#schema-${name}` }, name) : "";
  const meaning = element("td", {}, ...inline(reply.description), ...examplesOf(content).map(exampleDetails));
  return element("tr", {}, element("th", { scope: "row" }, status), meaning, element("td", {}, body));
}

function repliesOf(api, operation) {
  const rows = Object.entries(operation.responses).map(([status, part]) => replyRow(api, status, part));
  const head = ["Status", "Meaning", "Body"].map((title) => element("th", { scope: "col" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
}
