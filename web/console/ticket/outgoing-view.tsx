import { refused } from "../text/refused";
import { useText } from "../text/text";
import type { Outgoing } from "./outbox";

interface OutgoingViewProps {
  entry: Outgoing;
  takeBack: (entry: Outgoing) => void;
}

/** A message that is on its way, or was refused. */
export function OutgoingView({ entry, takeBack }: OutgoingViewProps) {
  const say = useText();
  const { message, refusal } = entry;
  const state = refusal ? say("message.refused", { reason: refused(refusal, say) }) : say("message.sending");
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
