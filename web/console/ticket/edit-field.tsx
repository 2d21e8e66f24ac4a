import type { ComponentType } from "preact";
import type { Problem } from "../../api/types";
import { customer } from "../customer";
import type { Option } from "../parts/pick";
import { Tick } from "../parts/tick";
import { useStore } from "../store";
import { instantOf, LAST_MOMENT, localMoment } from "../text/moments";
import { useText } from "../text/text";
import { FIELDS, type Field } from "./edit";
import type { EditSession } from "./edit-session";
import { shown } from "./shown";
import { CHANNEL_TYPES, STATUSES } from "./suggestions";

interface EditFieldProps {
  edit: EditSession;
  field: Field;
}

export function EditField({ edit, field }: EditFieldProps) {
  const kind = FIELDS[field];
  if (kind === "mark") return <MarkField edit={edit} field={field} />;
  return <InputField edit={edit} field={field} Input={INPUTS[kind]} />;
}

/** A field that is typed or chosen, and what is wrong with what stands there. */
function InputField({ edit, field, Input }: EditFieldProps & { Input: ComponentType<InputProps> }) {
  const say = useText();
  const { typed, problem } = useStore(edit);
  const fault = faultIn(problem, field);
  return (
    <label class="field">
      <span>{say(`field.${field}`)}</span>
      <Input
        field={field}
        value={typed[field]}
        edit={edit}
        attributes={{ "aria-invalid": fault !== undefined, dir: "auto" }}
        write={(value) => edit.write(field, value)}
      />
      {fault && <Fault text={fault} />}
    </label>
  );
}

/** Return what the API says is wrong with a field. */
export function faultIn(problem: Problem | null, field: Field): string | undefined {
  return problem?.errors.find(({ pointer }) => pointer === `/${field}`)?.detail;
}

function Fault({ text }: { text: string }) {
  return (
    <small class="problem-text" lang="en">
      {text}
    </small>
  );
}

interface InputProps extends EditFieldProps {
  value: string;
  attributes: { "aria-invalid": boolean; dir: "auto" };
  write: (value: string) => void;
}

const INPUTS: Record<"line" | "text" | "choice" | "moment", ComponentType<InputProps>> = {
  line: Line,
  text: ({ value, attributes, write }) => (
    <textarea rows={4} value={value} onInput={(event) => write(event.currentTarget.value)} {...attributes} />
  ),
  choice: Choice,
  moment: ({ value, attributes, write }) => (
    <input
      type="datetime-local"
      max={LAST_MOMENT}
      value={localMoment(value)}
      onInput={(event) => write(instantOf(event.currentTarget.value))}
      {...attributes}
    />
  ),
};

function MarkField({ edit, field }: EditFieldProps) {
  const say = useText();
  const { typed, problem } = useStore(edit);
  const isSet = typed[field] === "true";
  const fault = faultIn(problem, field);
  return (
    <Tick
      label={say(`field.${field}`)}
      isSet={isSet}
      toggle={() => edit.write(field, String(!isSet))}
      fault={fault && <Fault text={fault} />}
    />
  );
}

const SUGGESTED: Partial<Record<Field, readonly string[]>> = { status: STATUSES, channelType: CHANNEL_TYPES };
const REQUIRED: readonly Field[] = ["subject", "status", "channelType"];

function Line({ field, value, attributes, write }: InputProps) {
  const suggested = SUGGESTED[field];
  return (
    <>
      <input
        type="text"
        value={value}
        required={REQUIRED.includes(field)}
        list={suggested && `usual-${field}`}
        onInput={(event) => write(event.currentTarget.value)}
        {...attributes}
      />
      {suggested && <Suggestions id={`usual-${field}`} names={suggested} />}
    </>
  );
}

function Suggestions({ id, names }: { id: string; names: readonly string[] }) {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

function Choice({ field, value, edit, attributes, write }: InputProps) {
  const say = useText();
  const choices = useChoices(field);
  const isKnown = choices.some(([key]) => key === value);
  return (
    <select value={value} onInput={(event) => write(event.currentTarget.value)} {...attributes}>
      {!isKnown && <option value={value}>{shown(field, value, [edit.value.base.ticket], say)}</option>}
      {choices.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

function useChoices(field: Field): Option[] {
  const say = useText();
  const { channels, assignable } = useStore(customer);
  if (field === "channelID")
    return [["", "—"], ...channels.map((channel): Option => [String(channel.channelID), channel.name])];
  return [["", say("nobody")], ...assignable.map((rep): Option => [String(rep.customerRepID), rep.name])];
}
