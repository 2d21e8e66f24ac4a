import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, problem } from "./page";
import { ticketWith } from "./tickets";
import { assign } from "../../console/inbox/assigning";

const [ANN, BOB] = [13, 14];
const OF_NOBODY = new Map([[1, null]]);

test("a ticket is taken from the holder who is shown, and from nobody else", async () => {
  const requests = answered(() => Response.json(ticketWith({ customerRepID: ANN })));
  assert.deepEqual(await assign([1], OF_NOBODY, ANN), []);
  assert.deepEqual(await requests[0]!.json(), [
    { op: "test", path: "/customerRepID", value: null },
    { op: "replace", path: "/customerRepID", value: ANN },
  ]);
});

for (const { holder, failures } of [
  { holder: BOB, failures: ["PatchTestFailed"] },
  { holder: ANN, failures: [] },
])
  test(`where another was faster, or an answer was lost, its holder tells: ${holder}`, async () => {
    answered(({ method }) =>
      method === "PATCH"
        ? problem(409, "PatchTestFailed")
        : Response.json(ticketWith({ customerRepID: holder })),
    );
    const failed = await assign([1], OF_NOBODY, ANN);
    assert.deepEqual(
      failed.map(({ code }) => code),
      failures,
    );
  });

test("a refusal of the gateway's own is told by its title", async () => {
  answered(() => new Response(null, { status: 403, statusText: "Forbidden" }));
  assert.deepEqual(await assign([1], OF_NOBODY, ANN), [
    { ticketID: 1, status: 403, code: "", detail: "Forbidden" },
  ]);
});

test("an assignment that the API does not make is a failure", async () => {
  answered(() => Response.json(ticketWith({ customerRepID: BOB })));
  assert.deepEqual(
    (await assign([1], OF_NOBODY, ANN)).map(({ code }) => code),
    ["AssignmentKept"],
  );
});
