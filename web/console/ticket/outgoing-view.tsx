import { refused } from "../text/refused";
import { useText, type Say } from "../text/text";
import { UNSURE, type Outgoing } from "./outbox";

interface OutgoingViewProps {
  entry: Outgoing;
  takeBack: (entry: Outgoing) => void;
}

/** A message that is on its way, or was refused. */
export function OutgoingView({ entry, takeBack }: OutgoingViewProps) {
  const say = useText();
  const { message, refusal } = entry;
  return (
    <article class={`message ${message.direction} ${refusal ? "refused" : "outgoing"}`}>
      <div class="bubble">
        <p class="message-body" dir="auto">
          {message.body}
        </p>
        <footer>{stateOf(refusal, say)}</footer>
        {refusal && (
          <button type="button" class="plain" onClick={() => takeBack(entry)}>
            {say("message.takeBack")}
          </button>
        )}
      </div>
    </article>
  );
}

function stateOf(refusal: Outgoing["refusal"], say: Say): string {
  if (!refusal) return say("message.sending");
  if (refusal.code === UNSURE.code) return say("message.unsure");
  return say("message.refused", { reason: refused(refusal, say) });
}
