import assert from "node:assert/strict";
import { test } from "node:test";
import "./page";
import { actOnMany } from "../../console/bulk";
import { Refusal } from "../../console/refusal";

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
