import { useState } from "preact/hooks";
import type { Change, Message, Ticket } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { tell } from "../notice";
import { Refusal } from "../refusal";
import { en } from "../text/en";
import { fullMoment } from "../text/moments";
import { refused } from "../text/refused";
import { useText, type Say, type TextKey } from "../text/text";
import type { Known } from "./named";
import { shown } from "./shown";
import { useAnswer } from "../use-answer";

interface Entries {
  items: readonly Change[];
  nextCursor: string | null;
}

/** Who changed the ticket, when, and what. */
export function Changes({ ticket, messages }: { ticket: Ticket; messages: readonly Message[] }) {
  const say = useText();
  const [older, setOlder] = useState<Entries | null>(null);
  const { data, problem } = useAnswer((signal) => readChanges(ticket.ticketID, undefined, signal), [ticket]);
  if (problem) return <p class="problem-text">{refused(problem, say)}</p>;
  if (!data) return <p class="skeleton" aria-busy="true" />;
  const items = joined(data.items, older?.items ?? []);
  const cursor = older ? older.nextCursor : data.nextCursor;
  const readOlder = async () => {
    const page = await sendUntilAnswered(() => readChanges(ticket.ticketID, cursor ?? undefined));
    setOlder({ ...page, items: joined(items, page.items) });
  };
  return (
    <>
      <ChangeList items={items} known={[ticket, ...messages, ...items.map(authorOf)]} />
      {cursor && <OlderButton read={() => void readOlder().catch(saidBy(say))} />}
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

function readChanges(ticketID: number, cursor?: string, signal?: AbortSignal) {
  const query = { pageSize: 20, ...(cursor ? { cursor } : {}) };
  const params = { path: { id: ticketID }, query };
  return body(api.GET("/api/Tickets/{id}/changes", { params, ...(signal ? { signal } : {}) }));
}

/** Return what tells a refusal at the foot of the page. */
function saidBy(say: Say): (problem: unknown) => void {
  return (problem) => {
    if (!(problem instanceof Refusal)) throw problem;
    tell(refused(problem.problem, say), true);
  };
}

function joined(newer: readonly Change[], older: readonly Change[]): Change[] {
  const all = new Map([...older, ...newer].map((change) => [change.version, change]));
  return [...all.values()].sort((left, right) => right.version - left.version);
}

function fieldName(field: string, say: Say): string {
  const key = `field.${field}`;
  return key in en ? say(key as TextKey) : field;
}
