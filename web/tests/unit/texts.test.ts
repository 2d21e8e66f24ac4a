import assert from "node:assert/strict";
import { test } from "node:test";
import { SHORTCUTS } from "../../console/keyboard/shortcuts";
import { en } from "../../console/text/en";
import { nl } from "../../console/text/nl";

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("both languages have the same texts, with the same places to fill in", () => {
  assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en))
    assert.deepEqual(places(nl[key as keyof typeof en]), places(text), key);
});

test("no key has two meanings", () => {
  const keys = Object.values(SHORTCUTS).flatMap((shortcut): string[] => [...shortcut.keys]);
  assert.equal(new Set(keys).size, keys.length);
});
