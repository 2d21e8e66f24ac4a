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

type Work = (ticketIDs: number[]) => Promise<Failure[]>;
export type Bulk = ReturnType<typeof bulkBy>;

/** Return what acts on tickets, how far it has come, and how to put its results away. What failed stays selected. */
export function useBulk(ticketIDs: readonly number[], selection: Selection) {
  const say = useText();
  const [progress, setProgress] = useState<Progress | null>(null);
  const perform = async (work: Work, done: TextKey) => {
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
  return { progress, bulk: bulkBy(perform), putAway: () => setProgress(null) };
}

/** Return what can be done with many tickets, each by `perform`, with what to say when it is done. */
function bulkBy(perform: (work: Work, done: TextKey) => Promise<void>) {
  return {
    act: (act: Act) => {
      const done = BACKGROUND.includes(act.action) ? "bulk.queued" : "bulk.done";
      void perform((ticketIDs) => failures({ ...act, ticketIDs }), done);
    },
    assign: (customerRepID: number | null) =>
      void perform((ticketIDs) => assign(ticketIDs, customerRepID), "bulk.done"),
  };
}
