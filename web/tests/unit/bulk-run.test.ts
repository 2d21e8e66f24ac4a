import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, json, until } from "./page";
import { signedIn } from "./signed-in";
import { ticketWith } from "./tickets";
import { bulkOn, bulkRun } from "../../console/inbox/bulk-run";
import { Selection } from "../../console/inbox/selection";
import { viewNamed } from "../../console/inbox/views";
import { session } from "../../console/session";

const TICKETS = [1, 2, 3].map((ticketID) => ticketWith({ ticketID }));
const FAILED = { ticketID: 2, status: 404, code: "NotFound", detail: "" };

/** Begin to close tickets that are selected; return what lets the API answer that one failed. */
function closing(): { selection: Selection; answer: () => void } {
  signedIn();
  const selection = new Selection(viewNamed("open"));
  selection.add(TICKETS.map((ticket) => ticket.ticketID));
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  answered(async () => {
    await held;
    return json({ action: "close", succeeded: [1, 3], queued: [], failed: [FAILED] });
  });
  bulkOn(TICKETS, selection).act({ action: "close" });
  return { selection, answer };
}

/** Tell whether the browser would ask before the page goes away. */
function asksFirst(): boolean {
  return !dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

test("what failed stays selected, and so does what is selected meanwhile", async () => {
  const { selection, answer } = closing();
  selection.add([9]);
  assert.ok(bulkRun.isUnderWay);
  answer();
  await until(() => !bulkRun.isUnderWay);
  await until(() => !selection.value.has(1));
  assert.deepEqual([...selection.value].sort(), [2, 9]);
  assert.deepEqual(bulkRun.value?.failed, [FAILED]);
});

test("the page asks before it goes away while the work goes on, and no longer", async () => {
  const { answer } = closing();
  assert.ok(asksFirst());
  answer();
  await until(() => !bulkRun.isUnderWay);
  await until(() => !asksFirst());
});

for (const then of ["nobody", "somebody else"] as const)
  test(`the page asks nothing once the session has ended, and ${then} is there`, async () => {
    const { answer } = closing();
    session.end("expired");
    if (then === "somebody else") session.begin("of somebody else");
    assert.ok(!asksFirst());
    answer();
    await until(() => !bulkRun.isUnderWay);
  });
