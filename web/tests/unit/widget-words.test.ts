import assert from "node:assert/strict";
import { test } from "node:test";
import { customOf, wordsOf } from "../../widget/words/words";

for (const [tag, lang] of [
  ["nl-BE", "nl"],
  ["FR", "fr"],
  ["de_AT", "de"],
  ["ja", "en"],
  ["", "en"],
] as const) {
  test(`a page in "${tag}" has a chat in "${lang}"`, () => assert.equal(wordsOf(tag).lang, lang));
}

/** Words that are the same in English and another language. */
const SHARED = ["messages", "assistant"];

for (const lang of ["nl", "fr", "de"]) {
  test(`nothing is left in English in "${lang}"`, () => {
    const english = Object.entries(wordsOf("en")).filter(([name]) => !SHARED.includes(name));
    const words = Object.values(wordsOf(lang));
    assert.deepEqual(
      english.filter(([, text]) => words.includes(text)),
      [],
    );
  });
}

test("times are written as the visitor writes them in the language of the page", () => {
  Object.defineProperty(globalThis, "navigator", { value: { languages: ["fr-BE", "en-GB", "en"] } });
  assert.deepEqual(["fr", "en", "de"].map(customOf), ["fr-BE", "en-GB", "de"]);
});
