import assert from "node:assert/strict";
import { test } from "node:test";
import { SHORTCUTS } from "../../console/keyboard/shortcuts";
import { en } from "../../console/text/en";
import { nl } from "../../console/text/nl";
import { refused } from "../../console/text/refused";

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("both languages have the same texts, with the same places to fill in", () => {
  assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en))
    assert.deepEqual(places(nl[key as keyof typeof en]), places(text), key);
});

test("a request that breaks a rule is refused in the user's language, with what the API says of it", () => {
  const problem = { code: "InvalidRequest", detail: "The subject is too long." };
  const inDutch = refused(problem, (key, values) => nl[key].replace("{detail}", String(values?.["detail"])));
  assert.equal(inDutch, "De API aanvaardt dit niet: “The subject is too long.”");
});

test("no key has two meanings", () => {
  const keys = Object.values(SHORTCUTS).flatMap((shortcut): string[] => [...shortcut.keys]);
  assert.equal(new Set(keys).size, keys.length);
});
