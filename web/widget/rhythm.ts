// How often to ask for what is new.

export interface Attention {
  isOpen: boolean;
  isVisible: boolean;
  /** Nothing was said or touched for a while. */
  isIdle: boolean;
  /** The site wants to show news while the chat is shut. */
  isAwaited: boolean;
  failures: number;
}

export const IDLE_AFTER = 5 * 60_000;
const LIVE = 2_000;
const IDLE = 10_000;
const SHUT = 15_000;
const HIDDEN = 30_000;
const LONGEST = 60_000;

/** Return the milliseconds until the next question; null: none is wanted. */
export function pause(attention: Attention): number | null {
  const { isOpen, isVisible, isIdle, isAwaited, failures } = attention;
  if (!isOpen && !isAwaited) return null;
  const usual = !isVisible ? HIDDEN : !isOpen ? SHUT : isIdle ? IDLE : LIVE;
  return patience(usual, failures);
}

/** Return a pause that doubles with each failure, a minute at most. */
export function patience(usual: number, failures: number): number {
  return Math.min(usual * 2 ** failures, LONGEST);
}
