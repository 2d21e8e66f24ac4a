import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./page";
import { SHORTCUTS } from "../../console/keyboard/shortcuts";
import { en } from "../../console/text/en";
import { nl } from "../../console/text/nl";
import { refused } from "../../console/text/refused";
import { textIn } from "../../console/text/text";

const DESCRIPTION = `${import.meta.dirname}/../../../docs/openapi.json`;

interface Description {
  components: { responses: Record<string, { content?: Record<string, { examples?: object }> }> };
}

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("both languages have the same texts, with the same places to fill in", () => {
  assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en))
    assert.deepEqual(places(nl[key as keyof typeof en]), places(text), key);
});

test("a request that breaks a rule is refused in the user's language, with what the API says of it", () => {
  const problem = { status: 400, code: "InvalidRequest", detail: "The subject is too long." };
  assert.equal(refused(problem, textIn("nl")), "De API aanvaardt dit niet: “The subject is too long.”");
});

/** Codes of the console's own: an assignment not made, a recording that the browser cannot play, a fault of the page. */
const OWN = ["AssignmentKept", "BrokenRecording", "BrokenPage"];

test("each code of the API's description is explained in both languages, and no other", () => {
  const { components } = JSON.parse(readFileSync(DESCRIPTION, "utf8")) as Description;
  const described = Object.values(components.responses)
    .flatMap(({ content = {} }) => Object.values(content))
    .flatMap(({ examples = {} }) => Object.keys(examples));
  const codes = [...new Set([...described, ...OWN])].map((code) => `refused.${code}`).sort();
  assert.ok(codes.length > 20);
  for (const texts of [en, nl])
    assert.deepEqual(
      Object.keys(texts)
        .filter((key) => key.startsWith("refused."))
        .sort(),
      codes,
    );
});

test("a refusal without a code of its own is told in the user's language, too", () => {
  const gateway = { status: 403, code: "", title: "Forbidden", detail: "" };
  assert.equal(refused(gateway, textIn("nl")), "De API aanvaardt dit niet: “Forbidden”");
  assert.equal(refused(gateway, textIn("en")), "Forbidden");
});

test("a fault of the gateway's own is no refusal", () => {
  const gateway = { status: 502, code: "", title: "Bad Gateway", detail: "" };
  assert.equal(refused(gateway, textIn("nl")), "Er ging iets mis in de API.");
});

test("no key has two meanings", () => {
  const keys = Object.values(SHORTCUTS).flatMap((shortcut): string[] => [...shortcut.keys]);
  assert.equal(new Set(keys).size, keys.length);
});
