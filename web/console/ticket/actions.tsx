import type { ComponentChildren } from "preact";
import type { Ticket } from "../../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { Icon } from "../parts/icon";
import { me } from "../session";
import { useText } from "../text/text";
import { deedsOn, type Deeds } from "./deeds";
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
  const deeds = deedsOn(opened, ticket, perform);
  useActionKeys(deeds, edit);
  return (
    <div class="actions" role="toolbar" aria-label={say("actions")} aria-busy={isBusy}>
      <FirstButtons ticket={ticket} deeds={deeds} isBusy={isBusy} />
      <FollowUp followUpDate={ticket.followUpDate} choose={deeds.followUp} />
      <TopicsMenu
        label={<Icon name="topic" />}
        shortcut="ticket.topics"
        names={ticket.topics}
        choose={deeds.topics}
      />
      <MoreMenu ticket={ticket} deeds={deeds} edit={edit} leave={leave} />
      {children}
    </div>
  );
}

function useActionKeys({ assign, close, spam }: Deeds, edit: () => void): void {
  useShortcuts({ "ticket.assign": assign, "ticket.close": close, "ticket.spam": spam, "ticket.edit": edit });
}

interface FirstButtonsProps {
  ticket: Ticket;
  deeds: Deeds;
  isBusy: boolean;
}

function FirstButtons({ ticket, deeds, isBusy }: FirstButtonsProps) {
  const say = useText();
  return (
    <>
      {mayTake(me(), ticket) && (
        <button type="button" class="first" disabled={isBusy} onClick={deeds.assign}>
          {say("act.assign")}
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={deeds.close}>
        {say(ticket.isClosed ? "act.reopen" : "act.close")}
      </button>
    </>
  );
}
