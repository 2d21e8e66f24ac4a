import assert from "node:assert/strict";
import { test } from "node:test";
import { levels } from "../../console/ticket/loudness";

test("the loudest part is 1, silence 0", () => {
  assert.deepEqual(levels(Float32Array.from([0, 0, 0.5, -0.5, 0.25, 0.25]), 3), [0, 1, 0.5]);
});

test("silence throughout is no division by nothing", () => {
  assert.deepEqual(levels(new Float32Array(4), 2), [0, 0]);
});
