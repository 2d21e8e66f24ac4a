import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { tell } from "../notice";
import { Dialog } from "../parts/dialog";
import { useStore } from "../store";
import { refused } from "../text/refused";
import { useText, type TextKey } from "../text/text";
import { Conflict } from "./conflict";
import { EDITABLE, changedSince, type Field } from "./edit";
import { EditField, faultIn } from "./edit-field";
import { EditSession } from "./edit-session";
import type { OpenTicket } from "./open-ticket";

/** Fields that are seldom changed by hand stand in a part of their own, from here on. */
const SELDOM = EDITABLE.indexOf("isImportant");

/** Changes fields of a ticket, of the version that is shown: where another change was faster, both are shown. */
export function EditForm({ opened, close }: { opened: OpenTicket; close: () => void }) {
  const say = useText();
  const edit = useMemo(() => new EditSession(opened), [opened]);
  const { newer } = useStore(edit);
  const isOpen = useIsOpen();
  const finish = async (saving: Promise<TextKey | null>) => {
    const done = await saving;
    if (!done) return;
    tell(say(done), done !== "saved");
    // closed while it was saved, there may be another by now
    if (isOpen.current) close();
  };
  const title = newer ? say("conflict.title") : say("edit.title", { id: opened.ticketID });
  return (
    <Dialog key={title} title={title} close={newer ? () => edit.reconsider() : close}>
      {newer && <Conflict edit={edit} settle={(typed) => void finish(edit.settle(typed))} />}
      {!newer && <Form edit={edit} save={() => void finish(edit.save())} close={close} />}
    </Dialog>
  );
}

/** Return a mark that is set until the component goes away. */
function useIsOpen(): { current: boolean } {
  const isOpen = useRef(true);
  useEffect(() => () => void (isOpen.current = false), []);
  return isOpen;
}

interface FormProps {
  edit: EditSession;
  save: () => void;
  close: () => void;
}

function Form({ edit, save, close }: FormProps) {
  const say = useText();
  const { isBusy } = useStore(edit);
  const form = useFaultFocused(edit);
  const submit = (event: Event) => {
    event.preventDefault();
    save();
  };
  return (
    <form ref={form} onSubmit={submit}>
      <fieldset class="edit-form" disabled={isBusy}>
        {edit.isResumed && <p class="quiet wide">{say("edit.resumed")}</p>}
        <Fields edit={edit} fields={EDITABLE.slice(0, SELDOM)} />
        <SeldomFields edit={edit} />
        <Reason edit={edit} />
        <FormFoot edit={edit} close={close} />
      </fieldset>
    </form>
  );
}

/** Return what to tie to the form: where it is refused, the field at fault has the focus, or else the reason. */
function useFaultFocused(edit: EditSession) {
  const form = useRef<HTMLFormElement>(null);
  const { problem, isBusy } = useStore(edit);
  useEffect(() => {
    if (!problem || isBusy) return;
    const found = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (found("[aria-invalid=true]") ?? found("[role=alert]"))?.focus();
  }, [problem, isBusy]);
  return form;
}

/** Says why it was not saved. */
function Reason({ edit }: { edit: EditSession }) {
  const say = useText();
  const { problem } = useStore(edit);
  if (!problem) return null;
  return (
    <p class="problem-text" role="alert" tabIndex={-1}>
      {refused(problem, say)}
    </p>
  );
}

function Fields({ edit, fields }: { edit: EditSession; fields: readonly Field[] }) {
  return (
    <>
      {fields.map((field) => (
        <EditField key={field} edit={edit} field={field} />
      ))}
    </>
  );
}

function SeldomFields({ edit }: { edit: EditSession }) {
  const say = useText();
  const { base, typed, problem } = useStore(edit);
  const fields = EDITABLE.slice(SELDOM);
  const isChanged = changedSince(base.ticket, typed).some((field) => fields.includes(field));
  const isFaulty = fields.some((field) => faultIn(problem, field));
  const [isOpen, setOpen] = useState(isChanged);
  return (
    <details
      class="wide"
      open={isOpen || isFaulty}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{say("edit.more")}</summary>
      <div class="edit-form">
        <Fields edit={edit} fields={fields} />
      </div>
    </details>
  );
}

function FormFoot({ edit, close }: { edit: EditSession; close: () => void }) {
  const say = useText();
  const { isBusy } = useStore(edit);
  const cancel = () => {
    edit.giveUp();
    close();
  };
  return (
    <div class="form-foot">
      <button type="button" onClick={cancel}>
        {say("cancel")}
      </button>
      <button type="submit" class="first">
        {say(isBusy ? "saving" : "save")}
      </button>
    </div>
  );
}
