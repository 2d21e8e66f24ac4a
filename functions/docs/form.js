"use strict";
// The form of an operation: a field per parameter, and the body.

function choiceInput(id, values) {
  const options = ["", ...values].map((value) => element("option", { value }, value === "" ? "–" : value));
  return element("select", { id }, ...options);
}

function parameterInput(id, parameter) {
  const schema = parameter.schema;
  if (schema.enum) return choiceInput(id, schema.enum);
  if (schema.type === "boolean") return choiceInput(id, ["true", "false"]);
  if (schema.type === "array") return element("textarea", { id, rows: 2, placeholder: "one per line" });
  const input = element("input", { id, autocomplete: "off", placeholder: schema.default });
  if (parameter.required && parameter.example !== undefined) input.value = parameter.example;
  return input;
}

function parameterField(api, operation, parameter) {
  const id = `${operation.operationId}-${parameter.name}`;
  const input = parameterInput(id, parameter);
  input.setAttribute("aria-describedby", `${id}-note`);
  const label = element("label", { for: id }, element("code", {}, parameter.name), parameter.required ? " *" : "");
  const kind = element("i", {}, `${parameter.in}; ${kindOf(api, parameter.schema)}. `);
  const note = element("small", { id: `${id}-note` }, kind, ...inline(parameter.description));
  return { parameter, input, row: element("div", { class: "field" }, label, input, note) };
}

function optionsOf(named) {
  return Object.keys(named).map((name) => element("option", {}, name));
}

// Lists the examples of the media type that is chosen, and writes the one that is chosen into the text.
function offerExamples(content, mediaType, example, text) {
  const examples = () => content[mediaType.value].examples ?? {};
  const show = () => (text.value = JSON.stringify(examples()[example.value]?.value, null, 2) ?? "");
  const list = () => {
    example.replaceChildren(...optionsOf(examples()));
    show();
  };
  mediaType.addEventListener("change", list);
  example.addEventListener("change", show);
  list();
}

function bodyField(operation) {
  const content = operation.requestBody?.content;
  if (!content) return undefined;
  const id = `${operation.operationId}-body`;
  const mediaType = element("select", { id: `${id}-type` }, ...optionsOf(content));
  const example = element("select", { id: `${id}-example` });
  const text = element("textarea", { id, rows: 10, spellcheck: "false" });
  offerExamples(content, mediaType, example, text);
  const row = element(
    "div",
    { class: "field body" },
    element("label", { for: id }, "Body"),
    element("span", {}, element("label", { for: mediaType.id }, "as "), mediaType),
    element("span", {}, element("label", { for: example.id }, "example "), example),
    text,
  );
  return { mediaType, text, row };
}
