import { useRef } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { Icon } from "../parts/icon";
import { Tabs } from "../parts/tabs";
import { useText } from "../text/text";
import { KINDS, useDraft, type Kind } from "./draft";
import { outbox } from "./outbox";

const LONGEST = 50_000;
const DIRECTIONS = { answer: "Representative", note: "Note" } as const;

interface AnswerProps {
  ticket: Ticket;
  kind: Kind;
  setKind: (kind: Kind) => void;
}

/** Where an answer or a note is written. What is typed stays until it is sent, over a reload, too. */
export function Answer({ ticket: { ticketID }, kind, setKind }: AnswerProps) {
  const say = useText();
  const [text, write] = useDraft(ticketID, kind);
  const { field, enter } = useField(setKind);
  const send = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    outbox.send({ ticketID, body: text, direction: DIRECTIONS[kind] });
    write("");
    enter();
  };
  return (
    <form class={`answer ${kind}`} onSubmit={send}>
      <Tabs label={say("answer.kind")} tabs={KINDS} current={kind} choose={setKind} enter={enter}>
        <TextField kind={kind} text={text} write={write} send={send} field={field} />
        <AnswerFoot kind={kind} isEmpty={!text.trim()} />
      </Tabs>
    </form>
  );
}

/** Return the box, and what goes into it; keys do, too, for either kind. */
function useField(setKind: (kind: Kind) => void) {
  const field = useRef<HTMLTextAreaElement>(null);
  const enter = () => field.current?.focus();
  const begin = (kind: Kind) => () => {
    setKind(kind);
    enter();
  };
  useShortcuts({ "ticket.answer": begin("answer"), "ticket.note": begin("note") });
  return { field, enter };
}

interface TextFieldProps {
  kind: Kind;
  text: string;
  write: (text: string) => void;
  send: (event: Event) => void;
  field: { current: HTMLTextAreaElement | null };
}

function TextField({ kind, text, write, send, field }: TextFieldProps) {
  const say = useText();
  return (
    <textarea
      ref={field}
      rows={3}
      dir="auto"
      maxLength={LONGEST}
      value={text}
      aria-label={say(kind)}
      placeholder={say(`${kind}.placeholder`)}
      onInput={(event) => write(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && send(event)}
    />
  );
}

function AnswerFoot({ kind, isEmpty }: { kind: Kind; isEmpty: boolean }) {
  const say = useText();
  return (
    <div class="answer-foot">
      <small class="quiet">{say("answer.hint")}</small>
      <button type="submit" class="first" disabled={isEmpty}>
        <Icon name="send" /> {say(kind === "note" ? "note.add" : "answer.send")}
      </button>
    </div>
  );
}
