import { refused } from "../text/refused";
import { useText } from "../text/text";
import { useDraft } from "./draft";
import { outbox, UNSURE, type Outgoing } from "./outbox";

/** A message that is on its way, or was refused. */
export function OutgoingView({ entry }: { entry: Outgoing }) {
  const say = useText();
  const { message, refusal } = entry;
  const reason = refusal && (refusal.code === UNSURE.code ? "message.unsure" : "message.refused");
  const state = reason ? say(reason, { reason: refused(refusal, say) }) : say("message.sending");
  return (
    <article class={`message ${message.direction} ${refusal ? "refused" : "outgoing"}`}>
      <div class="bubble">
        <p class="message-body" dir="auto">
          {message.body}
        </p>
        <footer>{state}</footer>
        {refusal && <TakeBack entry={entry} />}
      </div>
    </article>
  );
}

function TakeBack({ entry: { key, message } }: { entry: Outgoing }) {
  const say = useText();
  const [draft, write] = useDraft(message.ticketID, message.direction === "Note" ? "note" : "answer");
  const takeBack = () => {
    write([draft, message.body].filter(Boolean).join("\n\n"));
    outbox.remove(key);
  };
  return (
    <button type="button" class="plain" onClick={takeBack}>
      {say("message.takeBack")}
    </button>
  );
}
