import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = `${import.meta.dirname}/../../console/style`;
const FILES = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, "utf8") }));
const STYLE = FILES.map(({ text }) => text).join("\n");
/** What components set, row by row and bar by bar. */
const SET_BY_COMPONENTS = ["--row", "--part", "--opened", "--closed"];

function found(pattern: RegExp): string[] {
  return [...new Set([...STYLE.matchAll(pattern)].map(([, name]) => name!))].sort();
}

test("colours stand in one file, each once", () => {
  const elsewhere = FILES.filter(
    ({ name, text }) => name !== "colours.css" && /[ (]#[\da-f]{3,8}\b|rgb|hsl/.test(text),
  );
  assert.deepEqual(
    elsewhere.map(({ name }) => name),
    [],
  );
});

test("each name of a colour or size is declared, and used", () => {
  const declared = found(/^\s*(--[\w-]+):/gm);
  assert.deepEqual(found(/var\((--[\w-]+)/g), [...declared, ...SET_BY_COMPONENTS].sort());
});

test("each file of the style is small, and is part of it", () => {
  const imported = [...STYLE.matchAll(/@import "\.\/([\w-]+\.css)"/g)].map(([, name]) => name!);
  assert.deepEqual([...imported, "style.css"].sort(), FILES.map(({ name }) => name).sort());
  assert.deepEqual(
    FILES.filter(({ text }) => text.split("\n").length > 150).map(({ name }) => name),
    [],
  );
});
