"use strict";
// The page: the description, read from the API itself, operation by operation.

const SET_BY_BROWSERS = ["Origin"];

function repliesOf(api, operation) {
  const rows = Object.entries(operation.responses).map(([status, part]) => {
    const reply = resolved(api, part);
    const schema = Object.values(reply.content ?? {})[0]?.schema;
    const name = schema && nameOf(schema);
    const shown = name ? element("a", { href: `#schema-${name}` }, name) : "";
    return element("tr", {}, element("th", { scope: "row" }, status), element("td", {}, ...inline(reply.description)), element("td", {}, shown));
  });
  const head = ["Status", "Meaning", "Body"].map((title) => element("th", { scope: "col" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
}

function bodySchemas(operation) {
  const names = Object.values(operation.requestBody?.content ?? {}).map((body) => nameOf(body.schema));
  const links = [...new Set(names)].map((name) => element("a", { href: `#schema-${name}` }, name));
  return links.length ? [element("p", {}, "Fields of the body: ", ...links.flatMap((link) => [link, " "]))] : [];
}

function admission(operation) {
  const kinds = operation.security.map((scheme) => Object.keys(scheme)[0]);
  return kinds.length ? `Takes a token of: ${kinds.join(", ")}.` : "Public: no token is needed.";
}

function callForm(api, path, method, operation) {
  const own = operation.parameters.filter((parameter) => !SET_BY_BROWSERS.includes(parameter.name));
  const fields = own.map((parameter) => parameterField(api, operation, parameter));
  const body = bodyField(operation);
  const output = element("div", { class: "reply", role: "status" });
  const button = element("button", { type: "submit" }, "Send");
  const form = element("form", {}, ...fields.map((field) => field.row), body?.row, button, output);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(requestOf(path, method, operation, fields, body), output);
  });
  return form;
}

function operationDetails(api, path, method, operation) {
  const title = element(
    "summary",
    {},
    element("span", { class: `method ${method}` }, method.toUpperCase()),
    element("code", {}, path),
    element("span", { class: "what" }, operation.summary),
  );
  return element(
    "details",
    { id: operation.operationId, class: "operation" },
    title,
    ...rendered(operation.description),
    element("p", { class: "admission" }, admission(operation)),
    element("h4", {}, "Try it"),
    callForm(api, path, method, operation),
    ...bodySchemas(operation),
    element("h4", {}, "Replies"),
    repliesOf(api, operation),
  );
}

function operationsOf(api, tag) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ path, method, operation })),
  );
}

function navigation(groups) {
  return groups.flatMap(({ tag, operations }) => [
    element("h2", {}, tag.name),
    element("ul", {}, ...operations.map(({ operation }) => element("li", {}, element("a", { href: `#${operation.operationId}` }, operation.summary)))),
  ]);
}

function section({ tag, operations }, api) {
  const details = operations.map(({ path, method, operation }) => operationDetails(api, path, method, operation));
  return element("section", {}, element("h2", {}, tag.name), ...rendered(tag.description), ...details);
}

function schemasSection(api) {
  const details = Object.keys(api.components.schemas).map((name) =>
    schemaDetails(api, name, { $ref: `#/components/schemas/${name}` }),
  );
  return element("section", {}, element("h2", {}, "Schemas"), ...details);
}

function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary")?.focus({ preventScroll: true });
}

function show(api) {
  const groups = api.tags.map((tag) => ({ tag, operations: operationsOf(api, tag.name) }));
  document.getElementById("facts").textContent = `Version ${api.info.version}, OpenAPI ${api.openapi}`;
  document.querySelector("nav").replaceChildren(...navigation(groups));
  document.querySelector("main").replaceChildren(
    element("section", { class: "overview" }, element("h2", {}, "Overview"), ...rendered(api.info.description)),
    ...groups.map((group) => section(group, api)),
    schemasSection(api),
  );
  addEventListener("hashchange", openTarget);
  openTarget();
}

async function load() {
  const reply = await fetch("openapi.json");
  if (!reply.ok) throw new Error(`openapi.json was answered with ${reply.status}`);
  show(await reply.json());
}

load().catch((error) => (document.getElementById("state").textContent = `The description cannot be shown: ${error.message}`));
