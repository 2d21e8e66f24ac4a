import { useState } from "preact/hooks";
import { useStore } from "../store";
import { useText } from "../text/text";
import { changedSince, contested, reconciled, typedFrom, type Field, type Typed } from "./edit";
import type { EditSession } from "./edit-session";
import { shownTyped } from "./shown";

type Side = "mine" | "theirs";

interface ConflictProps {
  edit: EditSession;
  settle: (settled: Typed) => void;
}

/** Shows what was typed beside what another saved meanwhile; one of both is chosen, field by field. */
export function Conflict({ edit, settle }: ConflictProps) {
  const say = useText();
  const { both, alone, sideOf, keep, settled } = useConflict(edit);
  return (
    <div class="conflict">
      <p>{say("conflict.text")}</p>
      {both.map((field) => (
        <Sides
          key={field}
          edit={edit}
          field={field}
          kept={sideOf(field)}
          keep={(side) => keep(field, side)}
        />
      ))}
      <Alone fields={alone} />
      <Settle settle={() => settle(settled)} />
    </div>
  );
}

/** Return the fields that both changed, those that only the other did, and what comes of the choices. */
function useConflict(edit: EditSession) {
  const { base, typed, newer } = useStore(edit);
  const [kept, setKept] = useState<Partial<Record<Field, Side>>>({});
  const theirs = newer!.ticket;
  const after = typedFrom(theirs);
  const both = contested(base.ticket, typed, theirs);
  const chosen = both.filter((field) => kept[field] === "theirs").map((field) => [field, after[field]]);
  return {
    both,
    alone: changedSince(base.ticket, after).filter((field) => !both.includes(field)),
    sideOf: (field: Field): Side => kept[field] ?? "mine",
    keep: (field: Field, side: Side) => setKept({ ...kept, [field]: side }),
    settled: { ...reconciled(base.ticket, typed, theirs), ...Object.fromEntries(chosen) } as Typed,
  };
}

function Settle({ settle }: { settle: () => void }) {
  const say = useText();
  return (
    <div class="form-foot">
      <button type="button" class="first" onClick={settle}>
        {say("conflict.save")}
      </button>
    </div>
  );
}

function Alone({ fields }: { fields: readonly Field[] }) {
  const say = useText();
  if (!fields.length) return null;
  const names = fields.map((field) => say(`field.${field}`)).join(", ");
  return <p class="quiet">{say("conflict.alone", { fields: names })}</p>;
}

interface SidesProps {
  edit: EditSession;
  field: Field;
  kept: Side;
  keep: (side: Side) => void;
}

function Sides({ edit, field, kept, keep }: SidesProps) {
  const say = useText();
  const { base, typed, newer } = edit.value;
  const values = { mine: typed[field], theirs: typedFrom(newer!.ticket)[field] };
  return (
    <fieldset class="sides">
      <legend>{say(`field.${field}`)}</legend>
      {(["mine", "theirs"] as const).map((side) => (
        <SideChoice key={side} field={field} side={side} isChosen={kept === side} choose={() => keep(side)}>
          {shownTyped(field, values[side], [base.ticket, newer!.ticket], say)}
        </SideChoice>
      ))}
    </fieldset>
  );
}

interface SideChoiceProps {
  field: Field;
  side: Side;
  isChosen: boolean;
  choose: () => void;
  children: string;
}

/** One side's value of a field, and what chooses it. */
function SideChoice({ field, side, isChosen, choose, children }: SideChoiceProps) {
  const say = useText();
  return (
    <label class="side">
      <span>
        <input type="radio" name={field} checked={isChosen} onChange={choose} />
        {say(`conflict.${side}`)}
      </span>
      <span class="side-value" dir="auto">
        {children}
      </span>
    </label>
  );
}
