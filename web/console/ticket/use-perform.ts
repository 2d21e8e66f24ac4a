import { useRef, useState } from "preact/hooks";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { refused } from "../text/refused";
import { useText, type Say } from "../text/text";
import type { OpenTicket } from "./open-ticket";

/** Return what does one thing at a time to the ticket and says why it was refused, and if something is under way. */
export function usePerform(opened: OpenTicket) {
  const say = useText();
  const { isBusy, alone } = useOneAtATime();
  const perform = (action: () => Promise<unknown>) =>
    alone(async () => {
      try {
        await action();
      } catch (problem) {
        if (!(problem instanceof Refusal)) throw problem;
        tell(await explained(problem, opened, say), true);
      }
    });
  return { isBusy, perform };
}

/** Return what does something unless something is under way, and if so. */
function useOneAtATime() {
  const [isBusy, setBusy] = useState(false);
  // a key may come before the next picture
  const isUnderWay = useRef(false);
  const mark = (isOn: boolean) => {
    isUnderWay.current = isOn;
    setBusy(isOn);
  };
  const alone = async (act: () => Promise<void>) => {
    if (isUnderWay.current) return;
    mark(true);
    await act().finally(() => mark(false));
  };
  return { isBusy, alone };
}

async function explained({ problem }: Refusal, opened: OpenTicket, say: Say): Promise<string> {
  if (problem.code !== "AlreadyAssigned") return refused(problem, say);
  await opened.read();
  return say("assign.lost", { name: opened.value.ticket?.customerRepName ?? say("somebody") });
}
