import { Dialog } from "../parts/dialog";
import { useStore } from "../store";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { bulkRun } from "./bulk-run";

/** How far an action on many tickets has come. */
export function BulkProgress() {
  const say = useText();
  const progress = useStore(bulkRun);
  if (!progress || progress.isOver) return null;
  const { done, total } = progress;
  return (
    <label class="notice bulk-progress">
      {say("bulk.progress", { done, total })}
      <progress value={done} max={total} />
    </label>
  );
}

/** What failed of it in the end, and why. */
export function BulkFailures() {
  const say = useText();
  const progress = useStore(bulkRun);
  if (!progress?.isOver || !progress.failed.length) return null;
  const { failed, total } = progress;
  return (
    <Dialog title={say("bulk.failed", { count: failed.length, total })} close={() => bulkRun.putAway()}>
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
