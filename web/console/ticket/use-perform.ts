import { useState } from "preact/hooks";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import type { OpenTicket } from "./open-ticket";

/** Return whether something is being done to the ticket, and what does it and says why it was refused. */
export function usePerform(opened: OpenTicket) {
  const say = useText();
  const [isBusy, setBusy] = useState(false);
  const explained = async ({ problem }: Refusal): Promise<string> => {
    if (problem.code !== "AlreadyAssigned") return refused(problem, say);
    await opened.read();
    return say("assign.lost", { name: opened.value.ticket?.customerRepName ?? say("somebody") });
  };
  const perform = async (action: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await action();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      tell(await explained(problem), true);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, perform };
}
