import type { Problem } from "../../api/types";
import { Empty } from "../parts/empty";
import { refused } from "../text/refused";
import { useText, type Say } from "../text/text";
import { KINDS, draftOf } from "./draft";
import { changedSince } from "./edit";
import { keptEdit } from "./edit-session";
import { shownTyped } from "./shown";

/** Says why a ticket is not shown, and shows what was being written about it: it may be needed elsewhere. */
export function OutOfSight({ ticketID, problem }: { ticketID: number; problem: Problem }) {
  const say = useText();
  return (
    <>
      <Empty icon="spam">{refused(problem, say)}</Empty>
      {KINDS.map((kind) => (
        <Kept key={kind} name={say(kind)} text={draftOf(ticketID, kind).value} />
      ))}
      <Kept name={say("edit.fields")} text={typedFields(ticketID, say)} />
    </>
  );
}

function Kept({ name, text }: { name: string; text: string }) {
  const say = useText();
  if (!text) return null;
  return (
    <label class="field draft">
      <span>{say("draft.kept", { kind: name })}</span>
      <textarea readOnly rows={5} dir="auto" value={text} />
    </label>
  );
}

/** Return what was typed into the form, a line for each field. */
function typedFields(ticketID: number, say: Say): string {
  const kept = keptEdit(ticketID);
  if (!kept) return "";
  const { base, typed } = kept;
  return changedSince(base.ticket, typed)
    .map((field) => `${say(`field.${field}`)}: ${shownTyped(field, typed[field], [base.ticket], say)}`)
    .join("\n");
}
