import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { answered, json } from "./page";
import type { Change } from "../../api/types";
import { ChangeLog } from "../../console/ticket/change-log";

afterEach(() => mock.restoreAll());

/** Answer with the changes of a ticket that has as many as `made` counts, newest first, as the API does. */
function answeredWith(made: { last: number }): Request[] {
  return answered(({ url }) => {
    const { searchParams } = new URL(url);
    const size = Number(searchParams.get("pageSize"));
    const first = Number(searchParams.get("cursor") ?? made.last + 1) - 1;
    const items = versions(first, Math.max(1, first - size + 1)).map((version) => ({ version }) as Change);
    const end = items.at(-1)?.version ?? 1;
    return json({ items, nextCursor: end > 1 ? String(end) : null });
  });
}

/** Return versions from the newest to the oldest. */
function versions(newest: number, oldest: number): number[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);
}

function known(log: ChangeLog): number[] {
  return log.value!.items.map(({ version }) => version);
}

const { signal } = new AbortController();

test("at first the newest changes are read, and older ones when asked for", async () => {
  const requests = answeredWith({ last: 45 });
  const log = new ChangeLog(1);
  await log.readNewer(signal);
  assert.deepEqual(known(log), versions(45, 26));
  await log.readOlder();
  await log.readOlder();
  assert.deepEqual(known(log), versions(45, 1));
  assert.equal(log.value!.nextCursor, null);
  assert.equal(requests.length, 3);
});

for (const [count, pages] of [
  [0, 1],
  [1, 1],
  [21, 2],
  [60, 4],
] as const)
  test(`${count} changes that came since leave no gap, and older ones are read after the last`, async () => {
    const made = { last: 65 };
    const requests = answeredWith(made);
    const log = new ChangeLog(1);
    await log.readNewer(signal);
    await log.readOlder();
    made.last += count;
    await log.readNewer(signal);
    assert.deepEqual(known(log), versions(65 + count, 26));
    assert.equal(requests.length, 2 + pages);
    await log.readOlder();
    assert.deepEqual(known(log), versions(65 + count, 6));
  });

test("older changes that are asked for twice are added once", async () => {
  answeredWith({ last: 65 });
  const log = new ChangeLog(1);
  await log.readNewer(signal);
  await Promise.all([log.readOlder(), log.readOlder()]);
  assert.deepEqual(known(log), versions(65, 26));
  await log.readOlder();
  assert.deepEqual(known(log), versions(65, 6));
});

test("changes that came while older ones are read are kept, and so are the older ones", async () => {
  const made = { last: 45 };
  answeredWith(made);
  const log = new ChangeLog(1);
  await log.readNewer(signal);
  made.last = 50;
  await Promise.all([log.readOlder(), log.readNewer(signal)]);
  assert.deepEqual(known(log), versions(50, 6));
});

test("a ticket whose changes begin only now is read to its first one", async () => {
  const made = { last: 0 };
  answeredWith(made);
  const log = new ChangeLog(1);
  await log.readNewer(signal);
  assert.deepEqual(known(log), []);
  made.last = 25;
  await log.readNewer(signal);
  await log.readOlder();
  assert.deepEqual(known(log), versions(25, 1));
});
