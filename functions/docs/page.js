"use strict";
// The page: the description, read from the API itself, operation by operation.

const SET_BY_BROWSERS = ["Origin"];

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
    element("h3", {}, "Try it"),
    callForm(api, path, method, operation),
    ...bodySchemas(operation),
    element("h3", {}, "Replies"),
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

function section({ tag, operations }, api) {
  const details = operations.map(({ path, method, operation }) => operationDetails(api, path, method, operation));
  return element("section", {}, element("h2", {}, tag.name), ...rendered(tag.description), ...details);
}

function schemasSection(api) {
  const details = Object.keys(api.components.schemas).map((name) =>
    schemaDetails(api, name, { $ref: `#/components/schemas/${name}` }),
  );
  return element("section", { id: "schemas" }, element("h2", {}, "Schemas"), ...details);
}

function openTarget() {
  const target = targetOf(location);
  if (!target) return;
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary")?.focus({ preventScroll: true });
}

function show(api) {
  const groups = api.tags.map((tag) => ({ tag, operations: operationsOf(api, tag.name) }));
  document.getElementById("facts").textContent = `Version ${api.info.version}, OpenAPI ${api.openapi}`;
  const list = document.querySelector("nav");
  list.replaceChildren(...navigation(groups));
  document.querySelector("main").replaceChildren(
    element("section", { id: "overview" }, element("h2", {}, "Overview"), ...rendered(api.info.description)),
    ...groups.map((group) => section(group, api)),
    schemasSection(api),
  );
  listenToFilter(list);
  markWhatIsRead(list);
  addEventListener("hashchange", openTarget);
  openTarget();
}

async function load() {
  try {
    const reply = await fetch("openapi.json");
    if (!reply.ok) throw new Error(`openapi.json was answered with ${reply.status}`);
    show(await reply.json());
  } catch (error) {
    const problem = element("p", { role: "alert" }, `The description cannot be shown: ${error.message}`);
    document.querySelector("main").replaceChildren(problem);
  }
}

load();
