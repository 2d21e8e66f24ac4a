import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const BUDGET = 20 * 1024;

test("the widget as it was last built weighs 20 KB at most, compressed", () => {
  const size = gzipSync(readFileSync(`${import.meta.dirname}/../../dist/console/widget.js`)).length;
  assert.ok(size <= BUDGET, `${size} bytes`);
});
