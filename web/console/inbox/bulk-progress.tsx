import { useState } from "preact/hooks";
import type { Failure } from "../../api/types";
import { Dialog } from "../parts/dialog";
import { useStore } from "../store";
import { number } from "../text/moments";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { bulkRun } from "./bulk-run";

/** How far an action on many tickets has come; in the end, that some failed, until the agent puts that away. */
export function BulkProgress() {
  const say = useText();
  const run = useStore(bulkRun);
  if (!run) return null;
  if (run.isOver) return run.failed.length ? <BulkFailures /> : null;
  const { done, total } = run;
  return (
    <label class="bar bulk-progress">
      {say("bulk.progress", { done: number(done), total: number(total) })}
      <progress value={done} max={total} />
    </label>
  );
}

function BulkFailures() {
  const say = useText();
  const { act, failed, total } = useStore(bulkRun)!;
  const [isShown, show] = useState(false);
  const counts = { count: number(failed.length), total: number(total) };
  const title = say("bulk.failed", { act: say(act), ...counts });
  return (
    <>
      <div class="bar" role="alert">
        {title}
        <button type="button" onClick={() => show(true)}>
          {say("bulk.failed.show")}
        </button>
        <button type="button" onClick={() => bulkRun.putAway()}>
          {say("dismiss")}
        </button>
      </div>
      {isShown && <FailureDialog title={title} close={() => show(false)} />}
    </>
  );
}

function FailureDialog({ title, close }: { title: string; close: () => void }) {
  const say = useText();
  const { failed, selection } = useStore(bulkRun)!;
  return (
    <Dialog title={title} close={close}>
      <p class="quiet">{say("bulk.failed.hint", { view: say(selection.view.title) })}</p>
      <Reasons failed={failed} />
    </Dialog>
  );
}

function Reasons({ failed }: { failed: readonly Failure[] }) {
  const say = useText();
  return (
    <ul class="results">
      {failed.map((failure) => (
        <li key={failure.ticketID}>
          <strong>#{failure.ticketID}</strong> {refused(failure, say)}
        </li>
      ))}
    </ul>
  );
}
