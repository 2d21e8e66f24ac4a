import { Refusal, Unreachable } from "./refusal";
import { Left, session } from "./session";
import { Store } from "./store";

/** Tells whether the API answered when it was last asked. */
export const isConnected = new Store(true);

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 8000;

/**
 * Send until there is an answer. What is sent must be safe to repeat: it carries an Idempotency-Key or an If-Match.
 * A refusal by the rules is an answer; one that passes asks to come again. Raises Left where the session ends meanwhile:
 * nothing is sent in the name of whoever comes next.
 */
export async function sendUntilAnswered<T>(
  send: () => Promise<T>,
  passes: (refusal: Refusal) => boolean = (refusal) => refusal.isPassing,
): Promise<T> {
  const begun = session.value?.token;
  for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    if (session.value?.token !== begun) throw new Left();
    try {
      return await send();
    } catch (problem) {
      if (problem instanceof Unreachable) await pause(wait);
      else if (problem instanceof Refusal && passes(problem))
        await pause(Math.max(wait, 1000 * problem.retryAfter));
      else throw problem;
    }
  }
}

/** Wait some milliseconds, or until the browser is online again. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
  });
}
