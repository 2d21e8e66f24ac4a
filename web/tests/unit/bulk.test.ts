import assert from "node:assert/strict";
import { test } from "node:test";
import { reported } from "./page";
import { signedIn } from "./signed-in";
import { actOnMany, failuresOf } from "../../console/bulk";
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

test("a fault of the page fails what is left, keeps what failed before, and is reported", async () => {
  const ticketIDs = Array.from({ length: 50 }, (_, index) => index + 1);
  const fault = new TypeError("No such thing");
  const gone = { status: 404, code: "NotFound", title: "", detail: "" };
  const work = async (batch: number[]) => {
    if (batch.includes(21)) throw fault;
    return failuresOf([7], gone);
  };
  const { failed, isOver } = await actOnMany(ticketIDs, work, () => {});
  assert.ok(isOver);
  assert.deepEqual(
    failed.map(({ ticketID, code }) => [ticketID, code]),
    [[7, "NotFound"], ...ticketIDs.slice(20).map((ticketID) => [ticketID, "BrokenPage"])],
  );
  assert.deepEqual(reported, [fault]);
});

test("the gateway's own refusal, which has a title only, tells it", () => {
  const problem = { status: 403, code: "", title: "Forbidden", detail: "" };
  assert.deepEqual(failuresOf([1], problem), [{ ticketID: 1, status: 403, code: "", detail: "Forbidden" }]);
});
