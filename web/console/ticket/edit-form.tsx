import { useState } from "preact/hooks";
import type { Problem, Ticket, TicketPatch } from "../../api/types";
import { customer } from "../customer";
import { tell } from "../notice";
import { Dialog } from "../parts/dialog";
import { Refusal } from "../refusal";
import { useStore } from "../store";
import { useText } from "../text/text";
import { Conflict } from "./conflict";
import { EDITABLE, typedFrom, written, type Typed } from "./edit";
import type { OpenTicket } from "./open-ticket";

interface Version {
  ticket: Ticket;
  etag: string;
}

/** Changes fields of a ticket, of the version that is shown: where another change was faster, both are shown. */
export function EditForm({ opened, close }: { opened: OpenTicket; close: () => void }) {
  const say = useText();
  const [base, setBase] = useState<Version>(() => versionOf(opened.value));
  const [typed, setTyped] = useState<Typed>(() => typedFrom(base.ticket));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [newer, setNewer] = useState<Version | null>(null);
  const [isBusy, setBusy] = useState(false);

  const save = async (patch: TicketPatch, etag: string) => {
    if (!Object.keys(patch).length) return close();
    setBusy(true);
    setProblem(null);
    try {
      await opened.save(patch, etag);
      tell(say("saved"));
      close();
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      if (refused.status !== 412) return setProblem(refused.problem);
      await opened.readTicket();
      const version = versionOf(opened.value);
      // an answer that was lost on its way had been carried out: then there is nothing left to save
      if (!Object.keys(written(typed, version.ticket, patch)).length) return close();
      setNewer(version);
    } finally {
      setBusy(false);
    }
  };

  if (newer) {
    const settle = (settled: Typed) => {
      setBase(newer);
      setTyped(settled);
      setNewer(null);
      void save(written(settled, newer.ticket), newer.etag);
    };
    return (
      <Dialog title={say("conflict.title")} close={() => setNewer(null)}>
        <Conflict base={base.ticket} typed={typed} theirs={newer.ticket} settle={settle} />
      </Dialog>
    );
  }
  return (
    <Dialog title={say("edit.title", { id: opened.ticketID })} close={close}>
      <form
        class="edit-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save(written(typed, base.ticket), base.etag);
        }}
      >
        {EDITABLE.map((field) => (
          <EditField
            key={field}
            field={field}
            value={typed[field]}
            fault={problem?.errors.find((error) => error.pointer === `/${field}`)?.detail}
            write={(value) => setTyped({ ...typed, [field]: value })}
          />
        ))}
        {problem && <p class="problem-text">{problem.detail || problem.title}</p>}
        <div class="form-foot">
          <button type="button" onClick={close}>
            {say("cancel")}
          </button>
          <button type="submit" class="first" disabled={isBusy}>
            {say(isBusy ? "saving" : "save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function versionOf({ ticket, etag }: OpenTicket["value"]): Version {
  if (!ticket || !etag) throw new Error("The ticket is not read yet");
  return { ticket, etag };
}

interface EditFieldProps {
  field: keyof Typed;
  value: string;
  fault: string | undefined;
  write: (value: string) => void;
}

function EditField({ field, value, fault, write }: EditFieldProps) {
  const say = useText();
  const { channels, assignable } = useStore(customer);
  const shared = {
    value,
    "aria-invalid": fault !== undefined,
    onInput: (event: { currentTarget: { value: string } }) => write(event.currentTarget.value),
  };
  const options: Partial<Record<keyof Typed, readonly [string, string][]>> = {
    customerRepID: [["", say("nobody")], ...assignable.map((rep) => pair(rep.customerRepID, rep.name))],
    channelID: [["", "—"], ...channels.map((channel) => pair(channel.channelID, channel.name))],
  };
  const choices = options[field];
  const known = choices?.some(([key]) => key === value) ?? true;
  return (
    <label class="field">
      <span>{say(`field.${field}`)}</span>
      {choices ? (
        <select {...shared}>
          {!known && <option value={value}>{value}</option>}
          {choices.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      ) : field === "summary" ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input
          type="text"
          list={field === "status" ? "statuses" : undefined}
          required={field === "subject" || field === "status"}
          {...shared}
        />
      )}
      {field === "status" && (
        <datalist id="statuses">
          {["Open", "Pending", "Escalated", "Closed"].map((status) => (
            <option key={status} value={status} />
          ))}
        </datalist>
      )}
      {fault && <small class="problem-text">{fault}</small>}
    </label>
  );
}

function pair(key: number, name: string): [string, string] {
  return [String(key), name];
}
