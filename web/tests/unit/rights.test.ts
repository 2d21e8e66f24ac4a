import assert from "node:assert/strict";
import { test } from "node:test";
import type { Me } from "../../api/types";
import { mayGiveBack, mayTake } from "../../console/ticket/rights";
import { ticketWith } from "./tickets";

const ROLES = ["Administrator", "Supervisor", "Agent", "Restricted"] as const;
const HOLDERS = { nobody: null, oneself: 13, another: 14 };

const answers = (may: typeof mayTake) =>
  ROLES.map((role) => {
    const me: Me = { customerID: 1, customerRepID: 13, name: "Ann Agent", role };
    const allowed = Object.entries(HOLDERS).filter(([, customerRepID]) =>
      may(me, ticketWith({ customerRepID })),
    );
    return [role, allowed.map(([holder]) => holder)];
  });

test("taking a ticket is offered to whom the API lets take it", () => {
  assert.deepEqual(answers(mayTake), [
    ["Administrator", ["nobody", "another"]],
    ["Supervisor", ["nobody", "another"]],
    ["Agent", ["nobody"]],
    ["Restricted", []],
  ]);
});

test("giving a ticket back is offered to whom the API lets give it back", () => {
  assert.deepEqual(answers(mayGiveBack), [
    ["Administrator", ["oneself", "another"]],
    ["Supervisor", ["oneself", "another"]],
    ["Agent", ["oneself"]],
    ["Restricted", []],
  ]);
});
