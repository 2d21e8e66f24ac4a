import type { EndUser, ListQuery } from "../../api/types";
import { Store } from "../store";

type Asked = Omit<ListQuery, "cursor" | "pageNumber" | "pageSize">;

/** Narrows and orders a view. An absent filter leaves what the view says. */
export type Filters = { [Name in keyof Asked]?: Asked[Name] | undefined };

export const filters = new Store<Filters>({});
/** The end user whose tickets are asked for, as long as `endUserID` is set. */
export const endUser = new Store<EndUser | null>(null);

export function narrow(part: Filters): void {
  filters.set({ ...filters.value, ...part });
}

/** Take all filters away, but for the search and the order. */
export function widen(): void {
  const { search, sortBy, sortOrder } = filters.value;
  filters.set({ search, sortBy, sortOrder });
}

/** Take all filters and the search away. */
export function showAll(): void {
  const { sortBy, sortOrder } = filters.value;
  filters.set({ sortBy, sortOrder });
}

/** Tell what narrows a view: a search, filters, both, or nothing. */
export function narrowedBy(chosen: Filters): "search" | "filters" | "both" | null {
  if (!countOf(chosen)) return chosen.search ? "search" : null;
  return chosen.search ? "both" : "filters";
}

/** Count the filters that are set, the search and the order aside. */
export function countOf(chosen: Filters): number {
  const { search: _, sortBy: __, sortOrder: ___, ...narrowing } = chosen;
  return Object.values(narrowing).filter(isSet).length;
}

/** Return the query without what is undefined or empty. */
export function asked(view: ListQuery, chosen: Filters): ListQuery {
  const given = Object.entries({ ...chosen, search: unfinished(chosen.search ?? "") });
  return { ...view, ...Object.fromEntries(given.filter(([, value]) => isSet(value))) };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && !value.length);
}

/** Return the search for what is typed so far: its last word may still grow. */
function unfinished(text: string): string {
  return /[\p{L}\p{N}]{2,}$/u.test(text) ? `${text}*` : text;
}
