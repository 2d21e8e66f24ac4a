// Calls the API for a visitor. Every answer is a value: a visitor's page has nobody to throw an error at.
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type ChatDraft = Schemas["ChatWriteDTO"];
export type Messages = Schemas["ChatMessages"];
export type Message = Schemas["ChatMessageReadDTO"];

/** Why the API did not do what it was asked. `later`: once more, after so many milliseconds if it says so. */
export type Refusal =
  | { kind: "later"; isLimit: boolean; wait: number | null }
  | { kind: "over" }
  | { kind: "forbidden" }
  | { kind: "refused" };
export type Answer<Value> = { kind: "done"; value: Value } | Refusal;

/** Messages, with the tag by which to ask whether there is anything new. */
export interface Read {
  messages: Messages;
  tag: string | null;
}

const PATIENCE = 15_000;
const NOTHING_NEW = 304;

export class Service {
  constructor(private readonly address: string) {}

  /** Begin a chat, once per key. */
  begin(draft: ChatDraft, key: string): Promise<Answer<Schemas["ChatReadDTO"]>> {
    return this.post("createchatticket", draft, { "Idempotency-Key": key });
  }

  /** Add a message to a chat, once per key. */
  say(visitorKey: string, message: string, key: string): Promise<Answer<Schemas["SentReadDTO"]>> {
    return this.post("chatmessages", { message }, { ...bearer(visitorKey), "Idempotency-Key": key });
  }

  /** Return what was said after a message; null where that is what `tag` came with. */
  async read(visitorKey: string, after: number, tag: string | null): Promise<Answer<Read | null>> {
    const headers = { ...bearer(visitorKey), ...(tag && { "If-None-Match": tag }) };
    return this.ask(`chatmessages?after=${after}`, { headers }, async (reply) =>
      reply.status === NOTHING_NEW ? null : { messages: await reply.json(), tag: reply.headers.get("ETag") },
    );
  }

  private post<Value>(path: string, body: object, headers: Record<string, string>): Promise<Answer<Value>> {
    const json = { ...headers, "Content-Type": "application/json" };
    return this.ask(path, { method: "POST", headers: json, body: JSON.stringify(body) }, (reply) =>
      reply.json(),
    );
  }

  private async ask<Value>(
    path: string,
    request: RequestInit,
    value: (reply: Response) => Promise<Value>,
  ): Promise<Answer<Value>> {
    const given: RequestInit = {
      ...request,
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    };
    try {
      const reply = await fetch(`${this.address}/api/Tickets/${path}`, given);
      const isDone = reply.ok || reply.status === NOTHING_NEW;
      return isDone ? { kind: "done", value: await value(reply) } : refusal(reply);
    } catch {
      return { kind: "later", isLimit: false, wait: null }; // no network, or too slow a one: a page cannot tell
    }
  }
}

function bearer(visitorKey: string): Record<string, string> {
  return { Authorization: `Bearer ${visitorKey}` };
}

/** Return what a status means to a visitor. 409: another request with the same key is under way, or others came first. */
function refusal(reply: Response): Refusal {
  const { status } = reply;
  if (status === 401) return { kind: "over" };
  if (status === 403) return { kind: "forbidden" };
  const isLimit = status === 429;
  if (!isLimit && status !== 409 && status < 500) return { kind: "refused" };
  const seconds = Number(reply.headers.get("Retry-After"));
  return { kind: "later", isLimit, wait: seconds > 0 ? seconds * 1000 : null };
}
