import type { Problem } from "../api/types";

/** The API refused a request, and says why. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    /** Seconds after which to ask again; 0 where the reply does not say. */
    readonly retryAfter: number,
  ) {
    super(problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Tell whether the same request may succeed a little later: also where others were faster for as long as it took. */
  get isPassing(): boolean {
    return [429, 503].includes(this.status) || ["KeyInUse", "Conflict"].includes(this.code);
  }
}

/** Tell whether the API refused for a reason of its own: the request may be repeated, if a repetition does no harm. */
export function isFaultOfTheApi(refusal: Refusal): boolean {
  return refusal.isPassing || refusal.status >= 500;
}

/** No answer came: the network, or the API, is not there. */
export class Unreachable extends Error {}
