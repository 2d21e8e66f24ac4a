"use strict";
// Schemas, shown as tables of fields.

function resolved(api, part) {
  return part.$ref ? part.$ref.slice(2).split("/").reduce((at, key) => at[key], api) : part;
}

function nameOf(schema) {
  return schema.$ref ? schema.$ref.split("/").pop() : undefined;
}

// What a value may be, in a few words: "string or null, 1..50 characters".
function kindOf(api, schema) {
  const name = nameOf(schema);
  const plain = resolved(api, schema);
  if (plain.enum) return plain.enum.join(", ");
  if (plain.const !== undefined) return JSON.stringify(plain.const);
  if (plain.anyOf) return plain.anyOf.map((choice) => kindOf(api, choice)).join(" or ");
  if (plain.type === "array") return `list of ${kindOf(api, plain.items)}`;
  if (name) return name;
  return [[plain.type ?? "any value"].flat().join(" or "), plain.format, boundsOf(plain)].filter(Boolean).join(", ");
}

function boundsOf(schema) {
  if (schema.pattern) return `matches ${schema.pattern}`;
  if (schema.maxLength) return `${schema.minLength ?? 0}..${schema.maxLength} characters`;
  const { minimum, maximum = Number.MAX_SAFE_INTEGER } = schema;
  if (minimum === undefined) return undefined;
  return maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum}..${maximum}`;
}

function fieldRow(api, name, field, required) {
  const kind = kindOf(api, field) + (field.default === undefined ? "" : `; default ${JSON.stringify(field.default)}`);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, element("code", {}, name), required ? " *" : ""),
    element("td", {}, kind),
    element("td", {}, ...inline(field.description ?? "")),
  );
}

function schemaTable(api, schema) {
  const plain = resolved(api, schema);
  if (!plain.properties) return element("p", {}, plain.description ?? kindOf(api, schema));
  const required = new Set(plain.required ?? []);
  const rows = Object.entries(plain.properties).map(([name, field]) => fieldRow(api, name, field, required.has(name)));
  const head = ["Field", "Type", "Meaning"].map((title) => element("th", { scope: "col" }, title));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
}

function schemaDetails(api, name, schema) {
  const text = resolved(api, schema).description;
  const about = text ? element("p", {}, ...inline(text)) : undefined;
  return element("details", { id: `schema-${name}` }, element("summary", {}, name), about, schemaTable(api, schema));
}
