import assert from "node:assert/strict";
import { test } from "node:test";
import { byTopic, medianTimeToClose, perDay, withRest } from "../../console/dashboard/figures";
import { ticketWith } from "./tickets";

const HOUR = 3_600_000;
const closedAfter = (hours: number) => {
  const dateCreated = "2026-11-01T09:00:00.000Z";
  return ticketWith({
    dateCreated,
    closeDate: new Date(Date.parse(dateCreated) + hours * HOUR).toISOString(),
  });
};

test("the median of an odd number of times is the middle one, of an even number the mean of both", () => {
  assert.equal(medianTimeToClose([9, 1, 2].map(closedAfter)), 2 * HOUR);
  assert.equal(medianTimeToClose([9, 1, 2, 4].map(closedAfter)), 3 * HOUR);
  assert.equal(medianTimeToClose([]), null);
});

test("topics are counted, the most frequent first", () => {
  const tickets = [["Login"], ["Billing", "Login"], []].map((topics) => ticketWith({ topics }));
  assert.deepEqual(byTopic(tickets), [
    { name: "Login", value: 2 },
    { name: "Billing", value: 1 },
  ]);
});

test("days without tickets are there, too, and today is the last", () => {
  const today = new Date(2026, 10, 26, 15);
  const yesterday = new Date(2026, 10, 25, 8).toISOString();
  const days = perDay([yesterday, yesterday], [today.toISOString()], 3, today);
  assert.deepEqual(
    days.map(({ day, opened, closed }) => [day.getDate(), opened, closed]),
    [
      [24, 0, 0],
      [25, 2, 0],
      [26, 0, 1],
    ],
  );
});

test("what figures leave of a total stands beside them, where there is anything", () => {
  const figures = [{ name: "Open", value: 3 }];
  assert.deepEqual(withRest(figures, 5, "Others"), [...figures, { name: "Others", value: 2 }]);
  assert.deepEqual(withRest(figures, 3, "Others"), figures);
});
