import type { Failure, Ticket } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";

/**
 * Give tickets to a representative, or to nobody (null), and change nothing else: a bulk request would act on them, too.
 * Return what failed.
 */
export async function assign(ticketIDs: readonly number[], customerRepID: number | null): Promise<Failure[]> {
  const failed = await Promise.all(ticketIDs.map((ticketID) => assignOne(ticketID, customerRepID)));
  return failed.filter((failure) => failure !== null);
}

async function assignOne(ticketID: number, customerRepID: number | null): Promise<Failure | null> {
  const params = { path: { id: ticketID } };
  const headers = { "Content-Type": "application/merge-patch+json" };
  try {
    const ticket = (await sendUntilAnswered(() =>
      body(api.PATCH("/api/Tickets/{id}", { params, headers, body: { customerRepID } })),
    )) as Ticket;
    const isRefused = ticket.customerRepID !== customerRepID;
    return isRefused ? { ticketID, status: 403, code: "AssignmentKept", detail: "" } : null;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const { status, code, detail } = problem.problem;
    return { ticketID, status, code, detail };
  }
}
