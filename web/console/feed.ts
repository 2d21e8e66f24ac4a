import type { FeedItem } from "../api/types";
import { api, refusal } from "./api";
import { Refusal, Unreachable } from "./refusal";
import { Store } from "./store";

const IN_FRONT = 2000;
const IDLE = 10_000;
const HIDDEN = 30_000;
/** Milliseconds without a key or a pointer, after which nobody seems to look. */
const UNTIL_IDLE = 120_000;
/** Statuses of a bookmark that counts no more, as after a change of role. */
const BEGIN_AGAIN = [400, 410];
const ACTIVITY = ["pointermove", "pointerdown", "keydown", "wheel", "focus"] as const;

/** Where to go on: `since` names the changes that are known, `etag` the reply that told of them. */
interface Bookmark {
  since: string;
  etag: string | null;
  /** Nothing more is known to wait. */
  isUpToDate: boolean;
}

const FROM_NOW_ON: Bookmark = { since: "now", etag: null, isUpToDate: true };

/** A ticket as it is now; null where it is gone, or out of sight. */
export type Told = Pick<FeedItem, "ticketID" | "ticket">;
type Listener = (items: readonly Told[]) => void;

/** Tells whether the feed is followed: whatever is read from then on is kept up to date. */
export const isFollowed = new Store(false);

const listeners = new Set<Listener>();

/** Call `listener` with whatever changes from now on, until the function returned is called. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tell all listeners; one that fails keeps nothing from the others. */
export function announce(items: readonly Told[]): void {
  for (const listener of [...listeners]) {
    try {
      listener(items);
    } catch (fault) {
      reportError(fault);
    }
  }
}

/** Follow the feed until the function returned is called. */
export function followFeed(): () => void {
  const ended = new AbortController();
  void follow(ended.signal);
  return () => {
    ended.abort();
    isFollowed.set(false);
  };
}

async function follow(signal: AbortSignal): Promise<void> {
  const lastActive = watchActivity(signal);
  let bookmark = FROM_NOW_ON;
  while (!signal.aborted) {
    let patience = 0;
    try {
      bookmark = await ask(bookmark, signal);
      isFollowed.set(true);
    } catch (problem) {
      if (signal.aborted) return;
      patience = patienceAfter(problem, bookmark);
      bookmark = { ...bookmark, isUpToDate: true };
    }
    if (bookmark.isUpToDate) await untilNext(() => pace(lastActive()), patience, signal);
  }
}

/** Return the milliseconds to wait at least after a fault; begin the page anew where its bookmark counts no more. */
function patienceAfter(problem: unknown, { since }: Bookmark): number {
  if (!(problem instanceof Refusal)) {
    if (!(problem instanceof Unreachable)) reportError(problem);
    return 0;
  }
  if (since !== FROM_NOW_ON.since && BEGIN_AGAIN.includes(problem.status)) location.reload();
  return 1000 * problem.retryAfter;
}

/** Return a function that tells when somebody last used a key or a pointer. */
function watchActivity(signal: AbortSignal): () => number {
  let last = Date.now();
  for (const kind of ACTIVITY)
    addEventListener(kind, () => (last = Date.now()), { signal, passive: true, capture: true });
  return () => last;
}

/** Ask once and tell the listeners; return where to go on. */
async function ask(bookmark: Bookmark, signal: AbortSignal): Promise<Bookmark> {
  const { since, etag } = bookmark;
  const headers = etag ? { "If-None-Match": etag } : {};
  const { data, error, response } = await api.GET("/api/Changes", {
    params: { query: { since } },
    headers,
    signal,
  });
  if (response.status === 304) return { ...bookmark, isUpToDate: true };
  if (!data) throw refusal(error, response);
  if (data.items.length) announce(data.items);
  return { since: data.next, etag: response.headers.get("ETag"), isUpToDate: data.isUpToDate };
}

function pace(lastActive: number): number {
  if (document.hidden) return HIDDEN;
  return Date.now() - lastActive > UNTIL_IDLE ? IDLE : IN_FRONT;
}

/**
 * Wait as long as the pace says; a tab that comes to the front, and a network that returns, end the wait, but not before
 * the milliseconds that the API asked for.
 */
async function untilNext(pace: () => number, patience: number, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  let isWoken = false;
  const wake = () => (isWoken = !document.hidden);
  document.addEventListener("visibilitychange", wake, { signal });
  addEventListener("online", wake, { signal });
  while (!signal.aborted && Date.now() - started < Math.max(patience, isWoken ? 0 : pace()))
    await new Promise((resolve) => setTimeout(resolve, 250));
  document.removeEventListener("visibilitychange", wake);
  removeEventListener("online", wake);
}
