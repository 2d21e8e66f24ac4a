import type { Problem } from "../../api/types";
import { Empty } from "../parts/empty";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { KINDS, draftOf } from "./draft";

/** Says why a ticket is not shown, and shows what was being written about it: it may be needed elsewhere. */
export function OutOfSight({ ticketID, problem }: { ticketID: number; problem: Problem }) {
  const say = useText();
  const drafts = KINDS.map((kind) => ({ kind, text: draftOf(ticketID, kind).value })).filter(
    ({ text }) => text,
  );
  return (
    <>
      <Empty icon="spam">{refused(problem, say)}</Empty>
      {drafts.map(({ kind, text }) => (
        <label key={kind} class="field draft">
          <span>{say("draft.kept", { kind: say(kind) })}</span>
          <textarea readOnly rows={5} dir="auto" value={text} />
        </label>
      ))}
    </>
  );
}
