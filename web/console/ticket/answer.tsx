import { useRef, useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { Icon } from "../parts/icon";
import { useText } from "../text/text";
import { useDraft } from "./draft";
import { outbox } from "./outbox";

const LONGEST = 50_000;

/** Where an answer or a note is written. What is typed stays until it is sent, over a reload, too. */
export function Answer({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const [kind, setKind] = useState<"answer" | "note">("answer");
  const [text, write] = useDraft(ticket.ticketID, kind);
  const field = useRef<HTMLTextAreaElement>(null);
  const begin = (chosen: "answer" | "note") => {
    setKind(chosen);
    field.current?.focus();
  };
  useShortcuts({ "ticket.answer": () => begin("answer"), "ticket.note": () => begin("note") });
  const send = () => {
    if (!text.trim()) return;
    const direction = kind === "note" ? ("Note" as const) : ("Representative" as const);
    outbox.send({ ticketID: ticket.ticketID, body: text, direction });
    write("");
    field.current?.focus();
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class={`answer ${kind}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="tabs" role="tablist" aria-label={say("answer.kind")}>
        {(["answer", "note"] as const).map((choice) => (
          <button
            key={choice}
            type="button"
            role="tab"
            aria-selected={kind === choice}
            onClick={() => begin(choice)}
          >
            {say(choice)}
          </button>
        ))}
      </div>
      <textarea
        ref={field}
        rows={3}
        maxLength={LONGEST}
        value={text}
        aria-label={say(kind)}
        placeholder={say(kind === "note" ? "note.placeholder" : "answer.placeholder")}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={sendByKey}
      />
      <div class="answer-foot">
        <small class="quiet">{say("answer.hint")}</small>
        <button type="submit" class="first" disabled={!text.trim()}>
          <Icon name="send" /> {say(kind === "note" ? "note.add" : "answer.send")}
        </button>
      </div>
    </form>
  );
}
