import { isConnected } from "../connection";
import { useStore } from "../store";
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
  const isOffline = !useStore(isConnected);
  return (
    <article class={`message ${message.direction} ${refusal ? "refused" : "outgoing"}`}>
      <div class="bubble">
        <p class="message-body" dir="auto">
          {message.body}
        </p>
        <footer>{stateOf(refusal, isOffline, say)}</footer>
        {refusal && (
          <button type="button" onClick={() => takeBack(entry)}>
            {say("message.takeBack")}
          </button>
        )}
      </div>
    </article>
  );
}

function stateOf(refusal: Outgoing["refusal"], isOffline: boolean, say: Say): string {
  if (!refusal) return say(isOffline ? "message.waiting" : "message.sending");
  if (refusal.code === UNSURE.code) return say("message.unsure");
  return say("message.refused", { reason: refused(refusal, say) });
}
