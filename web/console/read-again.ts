/** Milliseconds within which totals follow a change; they do within two seconds. */
const TOTALS_FOLLOW = 2200;
const AT_MOST_EVERY = 4000;

/**
 * Return a function that calls `read` soon after a change, and again when totals have followed it. However many changes
 * are told, `read` is called once or twice in four seconds.
 */
export function readAgain(read: () => void): () => void {
  let timer = 0;
  let last = 0;
  return () => {
    if (Date.now() - last > AT_MOST_EVERY) {
      last = Date.now();
      read();
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      last = Date.now();
      read();
    }, TOTALS_FOLLOW);
  };
}
