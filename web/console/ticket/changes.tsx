import { useState } from "preact/hooks";
import type { Change, Ticket } from "../../api/types";
import { api, body } from "../api";
import { Refusal } from "../refusal";
import { fullMoment } from "../text/moments";
import { useText, type Say, type TextKey } from "../text/text";
import { en } from "../text/en";
import { useAnswer } from "./use-answer";

/** Who changed the ticket, when, and what. */
export function Changes({ ticket }: { ticket: Ticket }) {
  const say = useText();
  const [older, setOlder] = useState<{ items: Change[]; nextCursor: string | null } | null>(null);
  const { data, problem } = useAnswer((signal) => readChanges(ticket.ticketID, undefined, signal), [ticket]);
  if (problem) return <p class="problem-text">{problem}</p>;
  if (!data) return <p class="skeleton" aria-busy="true" />;
  const items = joined(data.items, older?.items ?? []);
  const cursor = older ? older.nextCursor : data.nextCursor;
  const readOlder = async () => {
    const page = await readChanges(ticket.ticketID, cursor ?? undefined).catch(refusedAsNothing);
    setOlder({ items: joined(older?.items ?? data.items, page.items), nextCursor: page.nextCursor });
  };
  return (
    <>
      <ol class="changes">
        {items.map((change) => (
          <li key={change.version}>
            <p>
              <strong>{author(change, say)}</strong> <time dateTime={change.at}>{fullMoment(change.at)}</time>
            </p>
            <ul>
              {Object.entries(change.changes).map(([field, [before, after]]) => (
                <li key={field}>
                  <span class="field-name">{fieldName(field, say)}</span>{" "}
                  {before !== null && <del>{shown(before, say)}</del>}{" "}
                  <ins>{after === null ? "—" : shown(after, say)}</ins>
                </li>
              ))}
              {Object.keys(change.changes).length === 0 && <li class="quiet">{say("change.read")}</li>}
            </ul>
          </li>
        ))}
      </ol>
      {cursor && (
        <button type="button" class="plain" onClick={() => void readOlder()}>
          {say("changes.older")}
        </button>
      )}
    </>
  );
}

function readChanges(ticketID: number, cursor?: string, signal?: AbortSignal) {
  const query = { pageSize: 20, ...(cursor ? { cursor } : {}) };
  const params = { path: { id: ticketID }, query };
  return body(api.GET("/api/Tickets/{id}/changes", { params, ...(signal ? { signal } : {}) }));
}

function refusedAsNothing(problem: unknown): { items: Change[]; nextCursor: null } {
  if (!(problem instanceof Refusal)) throw problem;
  return { items: [], nextCursor: null };
}

function joined(newer: readonly Change[], older: readonly Change[]): Change[] {
  const all = new Map([...older, ...newer].map((change) => [change.version, change]));
  return [...all.values()].sort((left, right) => right.version - left.version);
}

function author(change: Change, say: Say): string {
  return change.by.name ?? say(`author.${change.by.kind}`);
}

function fieldName(field: string, say: Say): string {
  const key = `field.${field}`;
  return key in en ? say(key as TextKey) : field;
}

/** Return a value as text: a message by its kind, a moment by the clock, everything else as it is. */
function shown(value: unknown, say: Say): string {
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return fullMoment(value);
  if (Array.isArray(value)) return value.length ? value.join(", ") : "—";
  if (typeof value === "object" && value !== null && "direction" in value)
    return say(`direction.${value.direction as "AI"}`);
  return String(value);
}
