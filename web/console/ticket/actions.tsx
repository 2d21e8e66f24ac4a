import type { ComponentChildren } from "preact";
import type { Ticket } from "../../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { Icon } from "../parts/icon";
import { me } from "../session";
import { useText } from "../text/text";
import { actionsOn, type TicketActions } from "./ticket-actions";
import { FollowUp } from "./follow-up";
import { MoreMenu } from "./more-menu";
import type { OpenTicket } from "./open-ticket";
import { mayTake } from "./rights";
import { TopicsMenu } from "./topics-menu";
import { usePerform } from "./use-perform";

interface ActionsProps {
  opened: OpenTicket;
  ticket: Ticket;
  edit: () => void;
  leave: () => void;
  children: ComponentChildren;
}

export function Actions({ opened, ticket, edit, leave, children }: ActionsProps) {
  const say = useText();
  const { isBusy, perform } = usePerform(opened);
  const actions = actionsOn(opened, ticket, perform);
  useActionKeys(actions, edit);
  return (
    <div class="actions" role="toolbar" aria-label={say("actions")} aria-busy={isBusy}>
      <FirstButtons ticket={ticket} actions={actions} isBusy={isBusy} />
      <FollowUp followUpDate={ticket.followUpDate} choose={actions.followUp} isBusy={isBusy} />
      <TopicsMenu
        label={<Icon name="topic" />}
        shortcut="ticket.topics"
        names={ticket.topics}
        choose={actions.topics}
        isBusy={isBusy}
      />
      <MoreMenu ticket={ticket} actions={actions} edit={edit} leave={leave} isBusy={isBusy} />
      {children}
    </div>
  );
}

function useActionKeys({ assign, close, spam }: TicketActions, edit: () => void): void {
  useShortcuts({ "ticket.assign": assign, "ticket.close": close, "ticket.spam": spam, "ticket.edit": edit });
}

interface FirstButtonsProps {
  ticket: Ticket;
  actions: TicketActions;
  isBusy: boolean;
}

function FirstButtons({ ticket, actions, isBusy }: FirstButtonsProps) {
  const say = useText();
  return (
    <>
      {mayTake(me(), ticket) && (
        <button type="button" class="first" disabled={isBusy} onClick={actions.assign}>
          {say("act.assign")}
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={actions.close}>
        {say(ticket.isClosed ? "act.reopen" : "act.close")}
      </button>
    </>
  );
}
