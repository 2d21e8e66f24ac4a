import type { BulkRequest, Failure, Ticket } from "../../api/types";
import { actOnMany, failures, type Act, type Progress } from "../bulk";
import { tell } from "../notice";
import { language } from "../settings";
import { Store } from "../store";
import { textIn, type TextKey } from "../text/text";
import { assign } from "./assigning";
import type { Selection } from "./selection";

const BACKGROUND: readonly BulkRequest["action"][] = ["detectspam", "detecttopics", "executeactions"];

interface Task {
  tickets: readonly Ticket[];
  selection: Selection;
  work: (ticketIDs: number[]) => Promise<Failure[]>;
  /** What to say when all is done. */
  done: TextKey;
}

/** What is being done to many tickets. It goes on wherever the agent looks, and says there what failed. */
class BulkRun extends Store<Progress | null> {
  /** Carry out a task. What failed stays selected. */
  async start({ tickets, selection, work, done }: Task): Promise<void> {
    const ticketIDs = tickets.map((ticket) => ticket.ticketID);
    addEventListener("beforeunload", askFirst);
    try {
      const { total, failed } = await actOnMany(ticketIDs, work, (progress) => this.set(progress));
      selection.set(new Set(failed.map((failure) => failure.ticketID)));
      if (failed.length) return;
      this.putAway();
      tell(textIn(language.value)(done, { count: total }));
    } catch (fault) {
      this.putAway();
      throw fault;
    } finally {
      removeEventListener("beforeunload", askFirst);
    }
  }

  putAway(): void {
    this.set(null);
  }
}

/** Have the browser ask before the page goes away, and the rest of the work with it. */
function askFirst(event: Event): void {
  event.preventDefault();
}

export const bulkRun = new BulkRun(null);

export type Bulk = ReturnType<typeof bulkOn>;

/** Return what can be done with tickets that are selected. */
export function bulkOn(tickets: readonly Ticket[], selection: Selection) {
  const start = (work: Task["work"], done: TextKey) => void bulkRun.start({ tickets, selection, work, done });
  return {
    act: (act: Act) => {
      const done = BACKGROUND.includes(act.action) ? "bulk.queued" : "bulk.done";
      start((ticketIDs) => failures({ ...act, ticketIDs }), done);
    },
    assign: (customerRepID: number | null) => {
      const holders = new Map(tickets.map((ticket) => [ticket.ticketID, ticket.customerRepID]));
      start((ticketIDs) => assign(ticketIDs, holders, customerRepID), "bulk.done");
    },
  };
}
