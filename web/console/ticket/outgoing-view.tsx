import { refused } from "../text/refused";
import { useText } from "../text/text";
import { UNSURE, type Outgoing } from "./outbox";

interface OutgoingViewProps {
  entry: Outgoing;
  takeBack: (entry: Outgoing) => void;
}

/** A message that is on its way, or was refused. */
export function OutgoingView({ entry, takeBack }: OutgoingViewProps) {
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
        {refusal && (
          <button type="button" class="plain" onClick={() => takeBack(entry)}>
            {say("message.takeBack")}
          </button>
        )}
      </div>
    </article>
  );
}
