import type { BulkRequest, Failure, Ticket } from "../../api/types";
import { actOnMany, failures, type Act, type Progress } from "../bulk";
import { tell } from "../notice";
import { session } from "../session";
import { language } from "../settings";
import { Store } from "../store";
import { number } from "../text/moments";
import { textIn, type TextKey } from "../text/text";
import { ACTION_NAMES } from "./action-names";
import { assign } from "./assigning";
import type { Selection } from "./selection";

const BACKGROUND: readonly BulkRequest["action"][] = ["detectspam", "detecttopics", "executeactions"];

interface Task {
  /** The name of what is done. */
  act: TextKey;
  ticketIDs: readonly number[];
  selection: Selection;
  work: (ticketIDs: number[]) => Promise<Failure[]>;
  /** What to say when all is done. */
  done: TextKey;
}

type Run = Progress & Pick<Task, "act" | "selection">;

/** What is being done to many tickets. It goes on wherever the agent looks, and says there what failed. */
class BulkRun extends Store<Run | null> {
  get isUnderWay(): boolean {
    return this.value?.isOver === false;
  }

  /** Carry out a task. What failed stays selected, and so does what was selected meanwhile. */
  async start({ act, ticketIDs, selection, work, done }: Task): Promise<void> {
    const report = (progress: Progress) => this.set({ ...progress, act, selection });
    const leave = askingFirst();
    const { total, failed } = await actOnMany(ticketIDs, work, report).finally(leave);
    selection.remove(ticketIDs);
    selection.add(failed.map((failure) => failure.ticketID));
    if (failed.length) return;
    this.putAway();
    tell(textIn(language.value)(done, { count: number(total) }));
  }

  putAway(): void {
    this.set(null);
  }
}

/**
 * Have the browser ask before the page goes away, and the rest of the work with it, as long as the session lasts; return
 * what ends it.
 */
function askingFirst(): () => void {
  const begun = session.value?.token;
  const ask = (event: Event) => {
    if (session.value?.token === begun) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}

export const bulkRun = new BulkRun(null);

export type Bulk = ReturnType<typeof bulkOn>;

/** Return what can be done with tickets that are selected. */
export function bulkOn(tickets: readonly Ticket[], selection: Selection) {
  const ticketIDs = tickets.map((ticket) => ticket.ticketID);
  const start = (task: Pick<Task, "act" | "work" | "done">) =>
    void bulkRun.start({ ...task, ticketIDs, selection });
  return {
    act: (act: Act) => {
      const done = BACKGROUND.includes(act.action) ? "bulk.queued" : "bulk.done";
      start({
        act: ACTION_NAMES[act.action],
        work: (some) => failures({ ...act, ticketIDs: some }),
        done,
      });
    },
    assign: (customerRepID: number | null) => {
      const holders = new Map(tickets.map((ticket) => [ticket.ticketID, ticket.customerRepID]));
      const work = (some: number[]) => assign(some, holders, customerRepID);
      start({ act: "act.assign.many", work, done: "bulk.done" });
    },
  };
}
