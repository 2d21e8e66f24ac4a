import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { Confirmation } from "../parts/confirmation";
import { Menu } from "../parts/menu";
import { MenuItem } from "../parts/menu-item";
import { me } from "../session";
import { useText } from "../text/text";
import type { OpenTicket } from "./open-ticket";
import { mayGiveBack } from "./rights";

interface MoreProps {
  opened: OpenTicket;
  ticket: Ticket;
  edit: () => void;
  spam: () => void;
  leave: () => void;
  perform: (action: () => Promise<unknown>) => void;
}

/** What is done to a ticket less often. */
export function MoreMenu({ opened, ticket, edit, spam, leave, perform }: MoreProps) {
  const say = useText();
  const [isAsked, ask] = useState(false);
  const { isSpam, isImportant, escalated } = ticket;
  const change = (...[patch]: Parameters<OpenTicket["change"]>) => perform(() => opened.change(patch));
  const remove = () => perform(() => opened.remove().then(leave));
  return (
    <>
      <Menu label="⋯" title={say("act.more")}>
        <MenuItem icon="edit" text={say("act.edit")} choose={edit} />
        <MenuItem icon="spam" text={say(isSpam ? "act.notspam" : "act.spam")} choose={spam} />
        <MenuItem
          icon="important"
          text={say(isImportant ? "act.unimportant" : "act.important")}
          choose={() => change({ isImportant: !isImportant })}
        />
        <MenuItem
          icon="escalated"
          text={say(escalated ? "act.deescalate" : "act.escalate")}
          choose={() => change({ escalated: !escalated })}
        />
        {mayGiveBack(me(), ticket) && (
          <MenuItem
            icon="unassigned"
            text={say("act.unassign")}
            choose={() => change({ customerRepID: null })}
          />
        )}
        <MenuItem icon="close" text={say("act.delete")} choose={() => ask(true)} />
      </Menu>
      {isAsked && (
        <Confirmation
          question={say("ask.delete", { count: 1 })}
          act={say("confirm.delete")}
          confirm={remove}
          close={() => ask(false)}
        />
      )}
    </>
  );
}
