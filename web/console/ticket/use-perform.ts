import { useRef, useState } from "preact/hooks";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import type { OpenTicket } from "./open-ticket";

/** Return what does one thing at a time to the ticket and says why it was refused, and if something is under way. */
export function usePerform(opened: OpenTicket) {
  const say = useText();
  const [isBusy, setBusy] = useState(false);
  // a key may come before the next picture
  const isUnderWay = useRef(false);
  const explained = async ({ problem }: Refusal): Promise<string> => {
    if (problem.code !== "AlreadyAssigned") return refused(problem, say);
    await opened.read();
    return say("assign.lost", { name: opened.value.ticket?.customerRepName ?? say("somebody") });
  };
  const mark = (isOn: boolean) => {
    isUnderWay.current = isOn;
    setBusy(isOn);
  };
  const perform = async (action: () => Promise<unknown>) => {
    if (isUnderWay.current) return;
    mark(true);
    try {
      await action();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      tell(await explained(problem), true);
    } finally {
      mark(false);
    }
  };
  return { isBusy, perform };
}
