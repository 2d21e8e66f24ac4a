"use strict";
// A call: put together from a form, sent, and shown with its answer.

function valuesOf({ parameter, input }) {
  if (input.value === "") return [];
  return parameter.schema.type === "array" ? input.value.split("\n").filter(Boolean) : [input.value];
}

function requestOf(path, method, operation, fields, body) {
  const query = new URLSearchParams();
  const headers = new Headers({ Accept: acceptedBy(operation) });
  for (const field of fields) {
    const { name, in: place } = field.parameter;
    for (const value of valuesOf(field)) {
      if (place === "query") query.append(name, value);
      if (place === "header") headers.set(name, value);
      if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    }
  }
  const token = document.getElementById("token").value.trim();
  if (operation.security.length && token) headers.set("Authorization", `Bearer ${token}`);
  const text = body?.text.value || undefined;
  if (text) headers.set("Content-Type", body.mediaType.value);
  const address = new URL(path, location.origin);
  address.search = query.toString();
  return { address, method: method.toUpperCase(), headers, body: text };
}

function acceptedBy(operation) {
  const types = Object.entries(operation.responses)
    .filter(([status]) => status < "300")
    .flatMap(([, reply]) => Object.keys(reply.content ?? {}));
  return [...new Set([...types, "application/problem+json"])].join(", ");
}

function asCurl({ address, method, headers, body }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const shown = [...headers].map(([name, value]) => (name === "authorization" ? [name, "Bearer $TOKEN"] : [name, value]));
  const lines = [`curl -i -X ${method} ${quoted(address.href)}`];
  for (const [name, value] of shown) {
    lines.push(name === "authorization" ? `-H "${name}: ${value}"` : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (body) lines.push(`--data-binary ${quoted(body)}`);
  return lines.join(" \\\n  ");
}

function bodyParts(text) {
  if (!text) return ["(no body)"];
  try {
    return highlighted(JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    return [text]; // it is not JSON: the page itself, for one
  }
}

// Brings an answer into view: all of it, or else its beginning.
function bringIntoView(output) {
  output.scrollIntoView({ block: "nearest" });
  output.firstElementChild.scrollIntoView({ block: "nearest" });
}

async function send(request, output) {
  output.replaceChildren(element("p", {}, "Waiting for the answer …"));
  const started = performance.now();
  try {
    const { address, ...options } = request;
    const reply = await fetch(address, { ...options, cache: "no-store", credentials: "omit" });
    const text = await reply.text();
    showReply(output, request, reply, text, Math.round(performance.now() - started));
  } catch (error) {
    output.replaceChildren(element("p", { class: "refused" }, `No answer: ${error.message}`));
  }
  bringIntoView(output);
}

function showReply(output, request, reply, text, milliseconds) {
  const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const status = `${reply.status} ${reply.statusText}`.trim();
  output.replaceChildren(
    element("p", { class: reply.ok ? "done" : "refused" }, element("strong", { class: "status" }, status), ` in ${milliseconds} ms`),
    element("pre", { class: "reply-body", tabindex: 0, "aria-label": "Body of the answer" }, ...bodyParts(text)),
    element("details", {}, element("summary", {}, "Headers"), element("pre", {}, headers)),
    element("details", {}, element("summary", {}, "As curl"), element("pre", {}, asCurl(request))),
  );
}
