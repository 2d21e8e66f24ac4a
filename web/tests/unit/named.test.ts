import assert from "node:assert/strict";
import { test } from "node:test";
import "./page";
import { textIn } from "../../console/text/text";
import { customer } from "../../console/customer";
import { named } from "../../console/ticket/named";

const WRITER = { customerRepID: 14, customerRepName: "Bob Agent" };

test("an agent reads the name of a representative whom only a message names", () => {
  customer.set({ ...customer.value, assignable: [] });
  assert.equal(named("customerRepID", "14", [WRITER], textIn("en")), "Bob Agent");
});

test("an entry without a name does not hide one that has it", () => {
  assert.equal(
    named("customerRepID", "14", [{ customerRepID: 14, customerRepName: null }, WRITER], textIn("en")),
    "Bob Agent",
  );
});

test("whom nothing names is told from a ticket, in the user's language", () => {
  assert.equal(named("customerRepID", "12", [WRITER], textIn("en")), "Representative 12");
  assert.equal(named("channelID", "5", [], textIn("nl")), "Kanaal 5");
});
