import { useState } from "preact/hooks";
import type { BulkRequest } from "../../api/types";
import { actOnMany, type Progress } from "../bulk";
import { customer } from "../customer";
import { Dialog } from "../parts/dialog";
import { Menu } from "../parts/menu";
import { Refusal } from "../refusal";
import { me } from "../session";
import { useStore } from "../store";
import { useText, type TextKey } from "../text/text";
import { tell } from "../notice";
import type { Selection } from "./selection";
import type { TicketList } from "./ticket-list";

type Act = Omit<BulkRequest, "ticketIDs">;

const ACTIONS: readonly [BulkRequest["action"], TextKey][] = [
  ["close", "act.close"],
  ["open", "act.reopen"],
  ["read", "act.read"],
  ["spam", "act.spam"],
  ["notspam", "act.notspam"],
];

/** What can be done with the tickets that are ticked, and how far it has come. */
export function BulkBar({ selection, list }: { selection: Selection; list: TicketList }) {
  const say = useText();
  const selected = useStore(selection);
  const { tickets } = useStore(list);
  const [progress, setProgress] = useState<Progress | null>(null);
  const act = async (request: Act, ticketIDs = [...selected]) => {
    try {
      const over = await actOnMany({ ...request, ticketIDs }, setProgress);
      selection.clear();
      selection.add(over.failed.map((failure) => failure.ticketID));
      if (!over.failed.length) {
        setProgress(null);
        tell(say("bulk.done", { count: over.total }));
      }
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      setProgress(null);
      tell(problem.message, true);
    }
  };
  if (progress) return <BulkProgress progress={progress} close={() => setProgress(null)} />;
  if (!selected.size) return null;
  return (
    <div class="bulk-bar" role="toolbar" aria-label={say("bulk.actions")}>
      <strong>{say("bulk.selected", { count: selected.size })}</strong>
      <button
        type="button"
        class="plain"
        onClick={() => selection.add(tickets.map((ticket) => ticket.ticketID))}
      >
        {say("bulk.all", { count: tickets.length })}
      </button>
      <button type="button" class="plain" onClick={() => selection.clear()}>
        {say("bulk.none")}
      </button>
      <span class="bulk-buttons">
        <button type="button" onClick={() => void act({ action: "read", customerRepID: me().customerRepID })}>
          {say("act.assign")}
        </button>
        {ACTIONS.map(([action, key]) => (
          <button key={action} type="button" onClick={() => void act({ action })}>
            {say(key)}
          </button>
        ))}
        <TopicsMenu act={act} />
      </span>
    </div>
  );
}

function TopicsMenu({ act }: { act: (request: Act) => Promise<void> }) {
  const say = useText();
  const { topics } = useStore(customer);
  return (
    <Menu label={say("topics")}>
      {topics.map((topic) => (
        <button
          key={topic.topicID}
          type="button"
          class="menu-item"
          data-closes
          onClick={() => void act({ action: "updatetopics", topicIds: [topic.topicID] })}
        >
          {topic.name}
        </button>
      ))}
    </Menu>
  );
}

function BulkProgress({ progress, close }: { progress: Progress; close: () => void }) {
  const say = useText();
  const { done, total, failed, isOver } = progress;
  if (!isOver) {
    return (
      <div class="bulk-bar" role="status">
        <label class="bulk-progress">
          {say("bulk.progress", { done, total })}
          <progress value={done} max={total} />
        </label>
      </div>
    );
  }
  return (
    <Dialog title={say("bulk.failed", { count: failed.length, total })} close={close}>
      <p class="quiet">{say("bulk.failed.hint")}</p>
      <ul class="results">
        {failed.map((failure) => (
          <li key={failure.ticketID}>
            <strong>#{failure.ticketID}</strong> {failure.detail} <code>{failure.code}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
