import type { BulkRequest } from "../../api/types";
import { customer } from "../customer";
import { Menu } from "../parts/menu";
import { MenuItem } from "../parts/menu-item";
import { me } from "../session";
import { useStore } from "../store";
import { useText } from "../text/text";
import { TopicsMenu } from "../ticket/topics-menu";
import { ACTION_NAMES } from "./action-names";
import { BulkMenu } from "./bulk-menu";
import type { Bulk } from "./bulk-run";

const ACTIONS: readonly BulkRequest["action"][] = ["close", "open", "read"];

export function BulkActions({ bulk, count }: { bulk: Bulk; count: number }) {
  const say = useText();
  const topics = (topicIds: number[]) => bulk.act({ action: "updatetopics", topicIds });
  return (
    <span class="bulk-buttons">
      <AssignMenu bulk={bulk} />
      {ACTIONS.map((action) => (
        <button key={action} type="button" onClick={() => bulk.act({ action })}>
          {say(ACTION_NAMES[action])}
        </button>
      ))}
      <TopicsMenu label={say("topics")} names={[]} choose={topics} />
      <BulkMenu bulk={bulk} count={count} />
    </span>
  );
}

/** Whom the tickets can be given to; those who may give none are offered nothing. */
function AssignMenu({ bulk }: { bulk: Bulk }) {
  const say = useText();
  const { assignable } = useStore(customer);
  const { customerRepID, role } = me();
  if (role === "Restricted") return null;
  const others = assignable.filter((rep) => rep.customerRepID !== customerRepID);
  return (
    <Menu label={say("act.assign.many")}>
      <MenuItem text={say("act.assign")} choose={() => bulk.assign(customerRepID)} />
      <MenuItem text={say("nobody")} choose={() => bulk.assign(null)} />
      {others.map((rep) => (
        <MenuItem key={rep.customerRepID} text={rep.name} choose={() => bulk.assign(rep.customerRepID)} />
      ))}
    </Menu>
  );
}
