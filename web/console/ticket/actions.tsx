import type { ComponentChildren } from "preact";
import type { Ticket } from "../../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { Icon } from "../parts/icon";
import { TopicsMenu } from "../parts/topics-menu";
import { me } from "../session";
import { useText } from "../text/text";
import { FollowUp } from "./follow-up";
import { MoreMenu } from "./more-menu";
import type { OpenTicket } from "./open-ticket";
import { mayTake } from "./rights";
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
  const assign = () => mayTake(me(), ticket) && perform(() => opened.assign());
  const close = () => perform(() => opened.change({ isClosed: !ticket.isClosed }));
  const spam = () => perform(() => opened.act({ action: ticket.isSpam ? "notspam" : "spam" }));
  useShortcuts({ "ticket.assign": assign, "ticket.close": close, "ticket.spam": spam, "ticket.edit": edit });
  return (
    <div class="actions" role="toolbar" aria-label={say("actions")} aria-busy={isBusy}>
      {mayTake(me(), ticket) && (
        <button type="button" class="first" disabled={isBusy} onClick={assign}>
          {say("act.assign")}
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={close}>
        {say(ticket.isClosed ? "act.reopen" : "act.close")}
      </button>
      <FollowUp
        followUpDate={ticket.followUpDate}
        choose={(followUpDate) => perform(() => opened.change({ followUpDate }))}
      />
      <TopicsMenu
        label={<Icon name="topic" />}
        names={ticket.topics}
        choose={(topicIds) => perform(() => opened.act({ action: "updatetopics", topicIds }))}
      />
      <MoreMenu {...{ opened, ticket, edit, spam, leave, perform }} />
      {children}
    </div>
  );
}
