import type { Ticket } from "../../api/types";
import { route } from "../route";
import { me } from "../session";
import type { OpenTicket } from "./open-ticket";
import { mayTake } from "./rights";

type Perform = (action: () => Promise<unknown>) => void;
export type TicketActions = ReturnType<typeof actionsOn>;

/** Return what can be done to a ticket as it stands, each by `perform`. */
export function actionsOn(opened: OpenTicket, ticket: Ticket, perform: Perform) {
  const { isClosed, isSpam, isImportant, escalated } = ticket;
  const change = (...[patch]: Parameters<OpenTicket["change"]>) => perform(() => opened.change(patch));
  return {
    assign: () => mayTake(me(), ticket) && perform(() => opened.assign()),
    giveBack: () => change({ customerRepID: null }),
    close: () => change({ isClosed: !isClosed }),
    spam: () => perform(() => opened.act({ action: isSpam ? "notspam" : "spam" })),
    important: () => change({ isImportant: !isImportant }),
    escalate: () => change({ escalated: !escalated }),
    followUp: (followUpDate: string | null) => change({ followUpDate }),
    topics: (topicIds: number[]) => perform(() => opened.act({ action: "updatetopics", topicIds })),
    remove: (leave: () => void) => perform(() => remove(opened, leave)),
  };
}

/** Delete a ticket and leave it, unless something else is shown by then. */
async function remove(opened: OpenTicket, leave: () => void): Promise<void> {
  const shown = route.value;
  await opened.remove();
  if (route.value === shown) leave();
}
