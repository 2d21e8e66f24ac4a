import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { Confirmation } from "../parts/confirmation";
import type { IconName } from "../parts/icon";
import { Menu } from "../parts/menu";
import { MenuItem } from "../parts/menu-item";
import { me } from "../session";
import { useText, type TextKey } from "../text/text";
import type { TicketActions } from "./ticket-actions";
import { mayGiveBack } from "./rights";

interface MoreProps {
  ticket: Ticket;
  actions: TicketActions;
  edit: () => void;
  leave: () => void;
  /** Nothing can be done to the ticket now but to edit it. */
  isBusy: boolean;
}

type Item = [icon: IconName, text: TextKey, choose: () => void];

/** What is done to a ticket less often. */
export function MoreMenu({ ticket, actions, edit, leave, isBusy }: MoreProps) {
  const say = useText();
  const [isAsked, ask] = useState(false);
  const changes = changesOf(ticket, actions);
  const waits = (choose: Item[2]) => isBusy && choose !== edit;
  const items: Item[] = [["edit", "act.edit", edit], ...changes, ["close", "act.delete", () => ask(true)]];
  return (
    <>
      <Menu label="⋯" title={say("act.more")} shortcut="ticket.more">
        {items.map(([icon, text, choose]) => (
          <MenuItem key={text} icon={icon} text={say(text)} isDisabled={waits(choose)} choose={choose} />
        ))}
      </Menu>
      {isAsked && <DeleteQuestion confirm={() => actions.remove(leave)} close={() => ask(false)} />}
    </>
  );
}

/** Return what turns a ticket's marks around, and what gives it back where they may. */
function changesOf(ticket: Ticket, { spam, important, escalate, giveBack }: TicketActions): Item[] {
  const { isSpam, isImportant, escalated } = ticket;
  const marks: Item[] = [
    ["spam", isSpam ? "act.notspam" : "act.spam", spam],
    ["important", isImportant ? "act.unimportant" : "act.important", important],
    ["escalated", escalated ? "act.deescalate" : "act.escalate", escalate],
  ];
  return mayGiveBack(me(), ticket) ? [...marks, ["unassigned", "act.unassign", giveBack]] : marks;
}

function DeleteQuestion({ confirm, close }: { confirm: () => void; close: () => void }) {
  const say = useText();
  const [question, act] = [say("ask.delete.one"), say("confirm.delete")];
  return <Confirmation question={question} act={act} confirm={confirm} close={close} />;
}
