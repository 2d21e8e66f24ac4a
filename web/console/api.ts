import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../api/schema";
import type { Problem } from "../api/types";
import { isConnected } from "./connection";
import { Refusal, Unreachable } from "./refusal";
import { session } from "./session";

const TIME_LIMIT = 15_000;

export const api: Client<paths> = createClient<paths>({
  baseUrl: document.documentElement.dataset["api"] ?? "",
  fetch: send,
});

export interface Answer<T> {
  data: T;
  etag: string | null;
}

interface Sent<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Return what was answered. Raises Refusal. */
export async function answer<T>(sent: Promise<Sent<T>>): Promise<Answer<T>> {
  const { data, error, response } = await sent;
  if (!response.ok) throw refusal(error, response);
  return { data: data as T, etag: response.headers.get("ETag") };
}

/** Return the body of what was answered. Raises Refusal. */
export async function body<T>(sent: Promise<Sent<T>>): Promise<T> {
  return (await answer(sent)).data;
}

export function refusal(error: unknown, response: Response): Refusal {
  return new Refusal(problemOf(error, response), Number(response.headers.get("Retry-After") ?? 0));
}

/** Return the problem details; the gateway's own refusals have none. */
function problemOf(error: unknown, response: Response): Problem {
  if (typeof error === "object" && error !== null && "code" in error) return error as Problem;
  const title = response.statusText || `HTTP ${response.status}`;
  return {
    type: "about:blank",
    title,
    status: response.status,
    detail: "",
    code: "",
    errors: [],
    requestId: "",
  };
}

async function send(request: Request): Promise<Response> {
  const token = session.value?.token;
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIME_LIMIT)]);
  try {
    const response = await whole(
      await fetch(new Request(request, { signal, cache: "no-store", referrerPolicy: "no-referrer" })),
    );
    isConnected.set(true);
    if (response.status === 401 && session.value?.token === token) session.end("expired");
    return response;
  } catch (problem) {
    if (request.signal.aborted) throw problem;
    isConnected.set(false);
    throw new Unreachable("The API does not answer", { cause: problem });
  }
}

/** Return a reply once all of its body is here: the network may be cut in its midst. Raises where it is not the API's. */
async function whole(reply: Response): Promise<Response> {
  const content = await reply.arrayBuffer();
  const isJson = reply.headers.get("Content-Type")?.includes("json");
  if (reply.ok && content.byteLength && !isJson) throw new TypeError("Something else answers than the API");
  return new Response(content.byteLength ? content : null, reply);
}
