import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { answered, comeOnline, json, problem } from "./page";
import { followFeed, onChange, type Told } from "../../console/feed";

const STEP = 50;
const NOTHING_NEW = { items: [], next: "1", isUpToDate: true };

let leave = () => {};

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => {
  leave();
  mock.timers.reset();
  Object.assign(document, { hidden: false });
});

/** Follow the feed, answered so; return the moments of the clock at which it is asked. */
async function followed(reply: () => Response = () => json(NOTHING_NEW)): Promise<number[]> {
  const moments: number[] = [];
  answered(() => {
    moments.push(Date.now());
    return reply();
  });
  leave = followFeed();
  await settled();
  return moments;
}

/** Let the clock pass some milliseconds, and whatever falls due in them happen. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += STEP) {
    mock.timers.tick(STEP);
    await settled();
  }
}

/** Wait until what is under way waits for the clock: replies are at hand, so a few turns suffice. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function longestPause(moments: readonly number[]): number {
  return Math.max(...moments.slice(1).map((moment, index) => moment - moments[index]!));
}

test("a page that is looked at asks often enough for a change to show within three seconds", async () => {
  const moments = await followed();
  await pass(30_000);
  assert.ok(moments.length > 10);
  assert.ok(longestPause(moments) <= 2500, String(longestPause(moments)));
});

test("a page that nobody touches for two minutes asks less, until a key wakes it", async () => {
  const moments = await followed();
  await pass(125_000);
  moments.length = 0;
  await pass(60_000);
  assert.ok(moments.length <= 6, String(moments.length));
  dispatchEvent(new Event("keydown"));
  await pass(500);
  const woken = moments.at(-1)!;
  assert.ok(Date.now() - woken <= 500, String(Date.now() - woken));
});

test("a hidden page asks twice a minute", async () => {
  Object.assign(document, { hidden: true });
  const moments = await followed();
  await pass(120_000);
  assert.ok(moments.length >= 4 && moments.length <= 6, String(moments.length));
});

test("a page that comes to the front asks at once", async () => {
  Object.assign(document, { hidden: true });
  const moments = await followed();
  await pass(500);
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event("visibilitychange"));
  await pass(500);
  assert.equal(moments.length, 2);
});

test("a network that returns is used at once where nobody looks", async () => {
  const moments = await followed();
  await pass(125_000);
  moments.length = 0;
  comeOnline();
  await pass(500);
  assert.equal(moments.length, 1);
});

test("a network that returns ends no wait that the API asked for", async () => {
  const moments = await followed(() => {
    const reply = problem(429, "TooManyRequests");
    reply.headers.set("Retry-After", "7");
    return reply;
  });
  for (let second = 0; second < 6; second++) {
    comeOnline();
    await pass(1000);
  }
  assert.equal(moments.length, 1);
  await pass(1500);
  assert.equal(moments.length, 2);
});

test("a fault in the midst of several replies is waited out", async () => {
  const replies = [json({ ...NOTHING_NEW, isUpToDate: false })];
  const moments = await followed(() => replies.shift() ?? problem(500, "InternalError"));
  assert.equal(moments.length, 2);
  await pass(2500);
  assert.equal(moments.length, 3);
});

test("what is told in several replies is asked for without a pause", async () => {
  const heard: Told[] = [];
  const replies = [1, 2, 3].map((ticketID) => ({
    items: [{ ticketID, ticket: null }],
    next: String(ticketID),
    isUpToDate: ticketID === 3,
  }));
  const stop = onChange((items) => heard.push(...items));
  const moments = await followed(() => json(replies.shift() ?? NOTHING_NEW));
  stop();
  assert.deepEqual(
    heard.map(({ ticketID }) => ticketID),
    [1, 2, 3],
  );
  assert.equal(longestPause(moments), 0);
});
