// What the console's modules ask of a page, for tests without a browser: import it before them.
import { mock } from "node:test";

const kept = new Map<string, string>();
const events = new EventTarget();

/** Answers the requests of the console; a test sets it. */
export const server = { answer: (_request: Request): Response | Promise<Response> => Response.error() };
export const reported: unknown[] = [];
export const reload = mock.fn();

const storage = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, text: string) => void kept.set(name, text),
  removeItem: (name: string) => void kept.delete(name),
};

Object.assign(globalThis, {
  document: Object.assign(new EventTarget(), {
    documentElement: { dataset: { api: "https://api.example" } },
    hidden: false,
  }),
  window: globalThis,
  location: { hash: "", reload },
  addEventListener: events.addEventListener.bind(events),
  removeEventListener: events.removeEventListener.bind(events),
  dispatchEvent: events.dispatchEvent.bind(events),
  reportError: (fault: unknown) => reported.push(fault),
  fetch: async (request: Request) => server.answer(request),
});
for (const [name, value] of Object.entries({ sessionStorage: storage, localStorage: storage }))
  Object.defineProperty(globalThis, name, { value, configurable: true });
Object.defineProperty(globalThis, "navigator", {
  value: { onLine: true, language: "en", languages: ["en"] },
  configurable: true,
});

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

/** Return a reply whose network is cut in the midst of its body. */
export function cut(status = 200): Response {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"items":['));
      stream.error(new TypeError("terminated"));
    },
  });
  return new Response(body, { status, headers: { "Content-Type": "application/json" } });
}

/** End the waits of whoever waits for the network. */
export function comeOnline(): void {
  dispatchEvent(new Event("online"));
}

/** Wait until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** Return problem details as the API writes them. */
export function problem(status: number, code: string, pointer?: string): Response {
  const errors = pointer ? [{ pointer, detail: "No." }] : [];
  return json({ type: "about:blank", title: code, status, detail: "", code, errors, requestId: "" }, status);
}

/** Answer requests by `reply`; return those that came. */
export function answered(reply: (request: Request) => Response | Promise<Response>): Request[] {
  const requests: Request[] = [];
  server.answer = (request) => {
    requests.push(request.clone());
    return reply(request);
  };
  return requests;
}
