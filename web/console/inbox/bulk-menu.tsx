import { useState } from "preact/hooks";
import type { BulkRequest } from "../../api/types";
import { Confirmation } from "../parts/confirmation";
import { Menu } from "../parts/menu";
import { MenuItem } from "../parts/menu-item";
import { number } from "../text/moments";
import { useText } from "../text/text";
import { ACTION_NAMES } from "./action-names";
import { HookField } from "./hook-field";
import type { Bulk } from "./bulk-run";

type Action = BulkRequest["action"];

const ACTIONS: readonly Action[] = ["invertstate", "spam", "notspam", "detectspam", "detecttopics"];
const FINAL = ["deletecleanup", "delete"] as const satisfies readonly Action[];

type Final = (typeof FINAL)[number];

interface BulkMenuProps {
  bulk: Bulk;
  count: number;
}

/** The rarer actions; what takes tickets away is asked for twice. */
export function BulkMenu({ bulk, count }: BulkMenuProps) {
  const say = useText();
  const [asked, ask] = useState<Final | null>(null);
  return (
    <>
      <Menu label="⋯" title={say("act.more")}>
        {ACTIONS.map((action) => (
          <MenuItem key={action} text={say(ACTION_NAMES[action])} choose={() => bulk.act({ action })} />
        ))}
        <HookField run={(hookName) => bulk.act({ action: "executeactions", hookName })} />
        {FINAL.map((action) => (
          <MenuItem key={action} text={say(`act.${action}`)} choose={() => ask(action)} />
        ))}
      </Menu>
      {asked && <Question {...{ bulk, count, asked }} close={() => ask(null)} />}
    </>
  );
}

function Question({ bulk, count, asked, close }: BulkMenuProps & { asked: Final; close: () => void }) {
  const say = useText();
  return (
    <Confirmation
      question={say(count === 1 ? `ask.${asked}.one` : `ask.${asked}`, { count: number(count) })}
      act={say(ACTION_NAMES[asked])}
      confirm={() => bulk.act({ action: asked })}
      close={close}
    />
  );
}
