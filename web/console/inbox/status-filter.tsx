import { Tick, toggled } from "../parts/tick";
import { useStore } from "../store";
import { useText } from "../text/text";
import { STATUSES } from "../ticket/suggestions";
import { filters, narrow } from "./filters";

/** The usual statuses to tick, and a field for any other. */
export function StatusFilter() {
  const say = useText();
  const { status = [] } = useStore(filters);
  const toggle = (name: string) => narrow({ status: toggled(status, name) });
  return (
    <fieldset>
      <legend>{say("status")}</legend>
      {[...new Set([...STATUSES, ...status])].map((name) => (
        <Tick key={name} label={name} isSet={status.includes(name)} toggle={() => toggle(name)} />
      ))}
      <OtherStatus add={(name) => name && !status.includes(name) && toggle(name)} />
    </fieldset>
  );
}

function OtherStatus({ add }: { add: (name: string) => void }) {
  const say = useText();
  const enter = (field: HTMLInputElement) => {
    add(field.value.trim());
    field.value = "";
  };
  const name = { "aria-label": say("status.other"), placeholder: say("status.other") };
  return (
    <div class="field">
      <input maxLength={50} onChange={(event) => enter(event.currentTarget)} {...name} />
    </div>
  );
}
