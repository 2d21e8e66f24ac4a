import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Ticket } from "../../api/types";
import { customer } from "../customer";
import { useShortcuts } from "../keyboard/shortcuts";
import { tell } from "../notice";
import { Icon } from "../parts/icon";
import { Menu } from "../parts/menu";
import { Refusal } from "../refusal";
import { me } from "../session";
import { useStore } from "../store";
import { useText } from "../text/text";
import { FollowUp } from "./follow-up";
import type { OpenTicket } from "./open-ticket";

interface ActionsProps {
  opened: OpenTicket;
  ticket: Ticket;
  edit: () => void;
  children: ComponentChildren;
}

export function Actions({ opened, ticket, edit, children }: ActionsProps) {
  const say = useText();
  const [isBusy, setBusy] = useState(false);
  const perform = async (action: () => Promise<void>) => {
    setBusy(true);
    try {
      await action();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      tell(await explained(problem), true);
    } finally {
      setBusy(false);
    }
  };
  /** Return why it was refused; where another has taken the ticket, who. */
  const explained = async (problem: Refusal): Promise<string> => {
    if (problem.code !== "AlreadyAssigned") return problem.message;
    await opened.readTicket().catch(ifItIsForbidden);
    return say("assign.lost", { name: opened.value.ticket?.customerRepName ?? say("somebody") });
  };
  const isMine = ticket.customerRepID === me().customerRepID;
  const assign = () => perform(() => opened.assign());
  const close = () => perform(() => opened.change({ isClosed: !ticket.isClosed }));
  const spam = () => perform(() => opened.act({ action: ticket.isSpam ? "notspam" : "spam" }));
  useShortcuts({ "ticket.assign": assign, "ticket.close": close, "ticket.spam": spam, "ticket.edit": edit });
  return (
    <div class="actions" role="toolbar" aria-label={say("actions")} aria-busy={isBusy}>
      {!isMine && (
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
        ticket={ticket}
        choose={(topicIds) => perform(() => opened.act({ action: "updatetopics", topicIds }))}
      />
      <Menu label="⋯" title={say("act.more")}>
        <button type="button" class="menu-item" data-closes onClick={edit}>
          <Icon name="edit" /> {say("act.edit")}
        </button>
        <button type="button" class="menu-item" data-closes onClick={spam}>
          <Icon name="spam" /> {say(ticket.isSpam ? "act.notspam" : "act.spam")}
        </button>
        <button
          type="button"
          class="menu-item"
          data-closes
          onClick={() => perform(() => opened.change({ isImportant: !ticket.isImportant }))}
        >
          <Icon name="important" /> {say(ticket.isImportant ? "act.unimportant" : "act.important")}
        </button>
        <button
          type="button"
          class="menu-item"
          data-closes
          onClick={() => perform(() => opened.change({ escalated: !ticket.escalated }))}
        >
          <Icon name="escalated" /> {say(ticket.escalated ? "act.deescalate" : "act.escalate")}
        </button>
        {isMine && (
          <button
            type="button"
            class="menu-item"
            data-closes
            onClick={() => perform(() => opened.change({ customerRepID: null }))}
          >
            <Icon name="unassigned" /> {say("act.unassign")}
          </button>
        )}
      </Menu>
      {children}
    </div>
  );
}

/** A ticket that another took may be out of sight now. */
function ifItIsForbidden(problem: unknown): void {
  if (!(problem instanceof Refusal)) throw problem;
}

function TopicsMenu({ ticket, choose }: { ticket: Ticket; choose: (topicIds: number[]) => void }) {
  const say = useText();
  const { topics } = useStore(customer);
  const toggled = (name: string) =>
    topics
      .filter((topic) => ticket.topics.includes(topic.name) !== (topic.name === name))
      .map((topic) => topic.topicID);
  return (
    <Menu label={<Icon name="topic" />} title={say("topics")}>
      <fieldset>
        <legend>{say("topics")}</legend>
        {topics.map((topic) => (
          <label key={topic.topicID} class="tick" title={topic.description ?? ""}>
            <input
              type="checkbox"
              checked={ticket.topics.includes(topic.name)}
              onChange={() => choose(toggled(topic.name))}
            />
            {topic.name}
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}
