import type { Progress } from "../bulk";
import { Dialog } from "../parts/dialog";
import { refused } from "../text/refused";
import { useText } from "../text/text";

/** How far an action has come, and in the end what failed, and why. */
export function BulkProgress({ progress, close }: { progress: Progress; close: () => void }) {
  const say = useText();
  const { done, total, isOver } = progress;
  if (isOver && progress.failed.length) return <Failures progress={progress} close={close} />;
  return (
    <div class="bulk-bar" role="status">
      <label class="bulk-progress">
        {say("bulk.progress", { done, total })}
        <progress value={done} max={total} />
      </label>
    </div>
  );
}

function Failures({ progress: { failed, total }, close }: { progress: Progress; close: () => void }) {
  const say = useText();
  return (
    <Dialog title={say("bulk.failed", { count: failed.length, total })} close={close}>
      <p class="quiet">{say("bulk.failed.hint")}</p>
      <ul class="results">
        {failed.map((failure) => (
          <li key={failure.ticketID}>
            <strong>#{failure.ticketID}</strong> {refused(failure, say)}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
