import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useText } from "../text/text";
import { contested, EDITABLE, reconciled, typedFrom, type Field, type Typed } from "./edit";
import { named } from "./named";

interface ConflictProps {
  base: Ticket;
  typed: Typed;
  theirs: Ticket;
  settle: (settled: Typed) => void;
}

/** Shows what was typed beside what another saved meanwhile; one of both is chosen, field by field. */
export function Conflict({ base, typed, theirs, settle }: ConflictProps) {
  const say = useText();
  const both = contested(base, typed, theirs);
  const [before, after] = [typedFrom(base), typedFrom(theirs)];
  const theirsAlone = EDITABLE.filter((field) => after[field] !== before[field] && !both.includes(field));
  const [kept, setKept] = useState<Partial<Record<Field, "mine" | "theirs">>>({});
  const settled = () => {
    const result = reconciled(base, typed, theirs);
    for (const field of both) if (kept[field] === "theirs") result[field] = after[field];
    settle(result);
  };
  return (
    <div class="conflict">
      <p>{say("conflict.text")}</p>
      {both.map((field) => (
        <fieldset key={field} class="sides">
          <legend>{say(`field.${field}`)}</legend>
          {(["mine", "theirs"] as const).map((side) => (
            <label key={side} class="side">
              <span>
                <input
                  type="radio"
                  name={field}
                  checked={(kept[field] ?? "mine") === side}
                  onChange={() => setKept({ ...kept, [field]: side })}
                />
                {say(`conflict.${side}`)}
              </span>
              <span class="side-value">
                {named(field, side === "mine" ? typed[field] : after[field]) || "—"}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      {theirsAlone.length > 0 && (
        <p class="quiet">
          {say("conflict.alone", { fields: theirsAlone.map((field) => say(`field.${field}`)).join(", ") })}
        </p>
      )}
      <div class="form-foot">
        <button type="button" class="first" onClick={settled}>
          {say("conflict.save")}
        </button>
      </div>
    </div>
  );
}
