import { en } from "./en";
import type { Say, TextKey } from "./text";

interface Problem {
  status?: number;
  code: string;
  title?: string;
  detail: string;
}

/** Return why the API refused, in the user's language as far as the code says it: details are English. */
export function refused({ status = 0, code, title, detail }: Problem, say: Say): string {
  const isFaultOfTheGateway = !code && status >= 500;
  const key = `refused.${isFaultOfTheGateway ? "InternalError" : code}`;
  if (key in en) return say(key as TextKey, { detail });
  return say("refused.InvalidRequest", { detail: detail || title || code });
}
