import { useState } from "preact/hooks";
import type { BulkRequest, Failure } from "../../api/types";
import { actOnMany, failures, type Act, type Progress } from "../bulk";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { refused } from "../text/refused";
import { useText, type TextKey } from "../text/text";
import { assign } from "./assigning";
import type { Selection } from "./selection";

const BACKGROUND: readonly BulkRequest["action"][] = ["detectspam", "detecttopics", "executeactions"];

/** What can be done with many tickets. */
export interface Bulk {
  act: (act: Act) => void;
  assign: (customerRepID: number | null) => void;
}

/** Return what acts on tickets, how far it has come, and how to put its results away. What failed stays selected. */
export function useBulk(ticketIDs: readonly number[], selection: Selection) {
  const say = useText();
  const [progress, setProgress] = useState<Progress | null>(null);
  const perform = async (work: (ticketIDs: number[]) => Promise<Failure[]>, done: TextKey) => {
    try {
      const { total, failed } = await actOnMany(ticketIDs, work, setProgress);
      selection.set(new Set(failed.map((failure) => failure.ticketID)));
      if (failed.length) return;
      tell(say(done, { count: total }));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      tell(refused(problem.problem, say), true);
    }
    setProgress(null);
  };
  const bulk: Bulk = {
    act: (act) =>
      void perform(
        (ids) => failures({ ...act, ticketIDs: ids }),
        BACKGROUND.includes(act.action) ? "bulk.queued" : "bulk.done",
      ),
    assign: (customerRepID) => void perform((ids) => assign(ids, customerRepID), "bulk.done"),
  };
  return { progress, bulk, putAway: () => setProgress(null) };
}
