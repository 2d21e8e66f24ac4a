import { useEffect, useMemo, useState } from "preact/hooks";
import { onChange } from "../feed";
import { useStore } from "../store";
import { refused } from "../text/refused";
import { useText } from "../text/text";
import { EditForm } from "./edit-form";
import { OpenTicket } from "./open-ticket";
import { outbox } from "./outbox";
import { OutOfSight } from "./out-of-sight";
import { TicketBody } from "./ticket-body";
import { TicketHead } from "./ticket-head";

/** A ticket: what was said, what can be done, and what is known of it. */
export function TicketPane({ ticketID, back }: { ticketID: number; back: () => void }) {
  const say = useText();
  const opened = useOpenTicket(ticketID);
  const { ticket, problem } = useStore(opened);
  const [isAbout, setAbout] = useState(false);
  const [isEdited, setEdited] = useState(false);
  const about = { isAbout, toggle: () => setAbout(!isAbout) };
  return (
    <section class="ticket-pane" aria-label={say("ticket")}>
      <TicketHead opened={opened} about={about} edit={() => setEdited(true)} back={back} />
      {problem && !ticket && <OutOfSight ticketID={ticketID} problem={problem} />}
      {problem && ticket && <p class="problem-text">{refused(problem, say)}</p>}
      {!ticket && !problem && <Waiting />}
      {ticket && <TicketBody opened={opened} ticket={ticket} isAbout={isAbout} />}
      {isEdited && <EditForm opened={opened} close={() => setEdited(false)} />}
    </section>
  );
}

/** Return a ticket that is read, follows the feed, and counts as read once the page comes to the front. */
function useOpenTicket(ticketID: number): OpenTicket {
  const opened = useMemo(() => new OpenTicket(ticketID), [ticketID]);
  useEffect(() => {
    const read = () => void opened.read();
    read();
    document.addEventListener("visibilitychange", read);
    const leaving = [
      onChange((items) => opened.apply(items)),
      outbox.delivered.watch((message) => message && opened.add(message)),
      () => document.removeEventListener("visibilitychange", read),
    ];
    return () => leaving.forEach((leave) => leave());
  }, [opened]);
  return opened;
}

/** Holds the place of what is said while it is read. */
function Waiting() {
  return (
    <div class="talk talk-waiting" aria-busy="true">
      <p class="skeleton" />
      <p class="skeleton" />
      <p class="skeleton" />
    </div>
  );
}
