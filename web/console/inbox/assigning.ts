import type { Failure, Ticket } from "../../api/types";
import { api, body } from "../api";
import { failuresOf } from "../bulk";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";

type Holder = Ticket["customerRepID"];

/** What is said of a ticket that the API changed, but did not assign so. */
const KEPT = { status: 403, code: "AssignmentKept", title: "", detail: "" };

/**
 * Give tickets to a representative, or to nobody (null), and change nothing else: a bulk request would act on them, too.
 * A ticket is taken from the holder who is shown, and from nobody else. Return what failed.
 */
export async function assign(
  ticketIDs: readonly number[],
  holders: ReadonlyMap<number, Holder>,
  to: Holder,
): Promise<Failure[]> {
  const failures = ticketIDs.map((ticketID) => assignOne(ticketID, holders.get(ticketID) ?? null, to));
  return (await Promise.all(failures)).flat();
}

async function assignOne(ticketID: number, from: Holder, to: Holder): Promise<Failure[]> {
  try {
    const ticket = await given(ticketID, from, to);
    return ticket.customerRepID === to ? [] : failuresOf([ticketID], KEPT);
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.status === 401) throw problem;
    return failuresOf([ticketID], problem.problem);
  }
}

/** Return the ticket as it is then. Raises Refusal 409 where another gave it to somebody else. */
async function given(ticketID: number, from: Holder, to: Holder): Promise<Ticket> {
  const params = { path: { id: ticketID } };
  const headers = { "Content-Type": "application/json-patch+json" };
  const patch = [
    { op: "test" as const, path: "/customerRepID", value: from },
    { op: "replace" as const, path: "/customerRepID", value: to },
  ];
  try {
    return (await sendUntilAnswered(() =>
      body(api.PATCH("/api/Tickets/{id}", { params, headers, body: patch })),
    )) as Ticket;
  } catch (problem) {
    if (!(problem instanceof Refusal && problem.code === "PatchTestFailed")) throw problem;
    // an earlier try may have been carried out, and its answer lost
    const now = await sendUntilAnswered(() => body(api.GET("/api/Tickets/{id}", { params })));
    if (now.customerRepID === to) return now;
    throw problem;
  }
}
