import assert from "node:assert/strict";
import { test } from "node:test";
import { patience, pause } from "../../widget/rhythm";

const SEEN = { isOpen: true, isVisible: true, isIdle: false, isAwaited: false, failures: 0 };

test("an open chat is asked often enough for an answer within three seconds", () => {
  assert.equal(pause(SEEN), 2_000);
});

test("a chat that nobody looks at is asked less, and a shut one not at all", () => {
  assert.equal(pause({ ...SEEN, isIdle: true }), 10_000);
  assert.equal(pause({ ...SEEN, isVisible: false }), 30_000);
  assert.equal(pause({ ...SEEN, isOpen: false }), null);
});

test("a shut chat is asked where the site shows news", () => {
  assert.equal(pause({ ...SEEN, isOpen: false, isAwaited: true }), 15_000);
});

test("each failure doubles the pause, a minute at most", () => {
  assert.deepEqual(
    [0, 1, 2, 9].map((failures) => pause({ ...SEEN, failures })),
    [2_000, 4_000, 8_000, 60_000],
  );
  assert.equal(patience(1_000, 20), 60_000);
});
