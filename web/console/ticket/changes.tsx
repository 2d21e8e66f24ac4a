import { useMemo } from "preact/hooks";
import type { Change, Message, Ticket } from "../../api/types";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { useStore } from "../store";
import { en } from "../text/en";
import { fullMoment } from "../text/moments";
import { refused } from "../text/refused";
import { useText, type Say, type TextKey } from "../text/text";
import { ChangeLog } from "./change-log";
import type { Known } from "./named";
import { shown } from "./shown";
import { useAnswer } from "../use-answer";

/** Who changed the ticket, when, and what. */
export function Changes({ ticket, messages }: { ticket: Ticket; messages: readonly Message[] }) {
  const say = useText();
  const log = useMemo(() => new ChangeLog(ticket.ticketID), [ticket.ticketID]);
  const { problem } = useAnswer((signal) => log.readNewer(signal), [ticket]);
  const read = useStore(log);
  if (problem) return <p class="problem-text">{refused(problem, say)}</p>;
  if (!read) return <p class="skeleton" aria-busy="true" />;
  const { items, nextCursor } = read;
  return (
    <>
      <ChangeList items={items} known={[ticket, ...messages, ...items.map(authorOf)]} />
      {nextCursor && <OlderButton read={() => void log.readOlder().catch(saidBy(say))} />}
    </>
  );
}

function OlderButton({ read }: { read: () => void }) {
  const say = useText();
  return (
    <button type="button" class="plain" onClick={read}>
      {say("changes.older")}
    </button>
  );
}

function authorOf({ by: { customerRepID, name } }: Change): Known {
  return { customerRepID, customerRepName: name };
}

function ChangeList({ items, known }: { items: readonly Change[]; known: readonly Known[] }) {
  const say = useText();
  return (
    <ol class="changes">
      {items.map((change) => (
        <li key={change.version}>
          <p>
            <strong>{change.by.name ?? say(`author.${change.by.kind}`)}</strong>{" "}
            <time dateTime={change.at}>{fullMoment(change.at)}</time>
          </p>
          <FieldChanges change={change} known={known} />
        </li>
      ))}
    </ol>
  );
}

/** The fields of one change: what each was, and what it became. */
function FieldChanges({ change, known }: { change: Change; known: readonly Known[] }) {
  const say = useText();
  // that a new ticket is not closed, no spam and so on goes without saying
  const fields = Object.entries(change.changes).filter(
    ([, [before, after]]) => before !== null || after !== false,
  );
  return (
    <ul>
      {fields.map(([field, [before, after]]) => (
        <li key={field}>
          <span class="field-name">{fieldName(field, say)}</span>{" "}
          {before !== null && <del dir="auto">{shown(field, before, known, say)}</del>}{" "}
          <ins dir="auto">{shown(field, after, known, say)}</ins>
        </li>
      ))}
      {fields.length === 0 && <li class="quiet">{say("change.read")}</li>}
    </ul>
  );
}

/** Return what tells a refusal at the foot of the page. */
function saidBy(say: Say): (problem: unknown) => void {
  return (problem) => {
    if (!(problem instanceof Refusal)) throw problem;
    tell(refused(problem.problem, say), true);
  };
}

function fieldName(field: string, say: Say): string {
  const key = `field.${field}`;
  return key in en ? say(key as TextKey) : field;
}
