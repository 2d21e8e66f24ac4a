import assert from "node:assert/strict";
import { test } from "node:test";
import "./page";
import { signedIn } from "./signed-in";
import { actOnMany } from "../../console/bulk";
import { Refusal } from "../../console/refusal";
import { session } from "../../console/session";

test("a batch that is refused fails ticket by ticket, and takes nothing from the others", async () => {
  const problem = {
    status: 500,
    code: "InternalError",
    type: "",
    title: "",
    detail: "",
    errors: [],
    requestId: "",
  };
  const ticketIDs = Array.from({ length: 50 }, (_, index) => index + 1);
  const work = async (batch: number[]) => {
    if (batch.includes(45)) throw new Refusal(problem, 0);
    return [];
  };
  const { failed, done, isOver } = await actOnMany(ticketIDs, work, () => {});
  assert.deepEqual([done, isOver], [50, true]);
  assert.deepEqual(
    failed.map(({ ticketID, status }) => [ticketID, status]),
    ticketIDs.slice(40).map((ticketID) => [ticketID, 500]),
  );
});

test("what is left when the session ends fails, and nothing of it is sent for whoever comes next", async () => {
  signedIn();
  const ticketIDs = Array.from({ length: 50 }, (_, index) => index + 1);
  const sent: number[] = [];
  const work = async (batch: number[]) => {
    sent.push(...batch);
    session.begin("of somebody else");
    return [];
  };
  const { failed, isOver } = await actOnMany(ticketIDs, work, () => {});
  assert.ok(isOver);
  assert.deepEqual(sent, ticketIDs.slice(0, 20));
  assert.deepEqual(
    failed.map(({ ticketID, code }) => [ticketID, code]),
    ticketIDs.slice(20).map((ticketID) => [ticketID, "Unauthorized"]),
  );
});
