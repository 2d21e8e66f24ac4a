import { Tick, toggled } from "../parts/tick";
import { useStore } from "../store";
import { useText } from "../text/text";
import { STATUSES } from "../ticket/usual";
import { filters, narrow } from "./filters";

/** The usual statuses to tick, and a field for any other. */
export function StatusFilter() {
  const say = useText();
  const { status = [] } = useStore(filters);
  const toggle = (name: string) => narrow({ status: toggled(status, name) });
  const add = (field: HTMLInputElement) => {
    const name = field.value.trim();
    if (name && !status.includes(name)) toggle(name);
    field.value = "";
  };
  return (
    <fieldset class="ticks">
      <legend>{say("status")}</legend>
      {[...new Set([...STATUSES, ...status])].map((name) => (
        <Tick key={name} label={name} isSet={status.includes(name)} toggle={() => toggle(name)} />
      ))}
      <input
        aria-label={say("status.other")}
        placeholder={say("status.other")}
        maxLength={50}
        onChange={(event) => add(event.currentTarget)}
      />
    </fieldset>
  );
}
