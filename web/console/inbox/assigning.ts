import type { Failure, Ticket } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";

type Holder = Ticket["customerRepID"];

/**
 * Give tickets to a representative, or to nobody (null), and change nothing else: a bulk request would act on them, too.
 * A ticket is taken from the holder who is shown, and from nobody else. Return what failed.
 */
export async function assign(
  ticketIDs: readonly number[],
  holders: ReadonlyMap<number, Holder>,
  to: Holder,
): Promise<Failure[]> {
  const failed = await Promise.all(
    ticketIDs.map((ticketID) => assignOne(ticketID, holders.get(ticketID)!, to)),
  );
  return failed.filter((failure) => failure !== null);
}

async function assignOne(ticketID: number, from: Holder, to: Holder): Promise<Failure | null> {
  try {
    const ticket = await given(ticketID, from, to);
    return ticket.customerRepID === to ? null : { ticketID, status: 403, code: "AssignmentKept", detail: "" };
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.status === 401) throw problem;
    const { status, code, detail } = problem.problem;
    return { ticketID, status, code, detail };
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
