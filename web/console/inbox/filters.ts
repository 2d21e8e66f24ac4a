import type { ListQuery } from "../../api/types";
import { Store } from "../store";

/** What narrows and orders a view. An absent filter admits all. */
export type Filters = {
  [Name in Narrowing | "search" | "sortBy" | "sortOrder"]?: ListQuery[Name] | undefined;
};
type Narrowing = "status" | "channelIDs" | "channelType" | "customerRepID" | "isImportant" | "escalated";

export const filters = new Store<Filters>({});

export function narrow(part: Filters): void {
  filters.set({ ...filters.value, ...part });
}

/** Count the filters that are set, the search and the order aside. */
export function countOf({ search: _, sortBy: __, sortOrder: ___, ...narrowing }: Filters): number {
  return Object.values(narrowing).filter(
    (value) => value !== undefined && !(Array.isArray(value) && !value.length),
  ).length;
}

/** Return the query without what is undefined or empty. */
export function asked(view: ListQuery, chosen: Filters): ListQuery {
  const entries = Object.entries({ ...view, ...chosen, search: unfinished(chosen.search ?? "") }).filter(
    ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && !value.length),
  );
  return Object.fromEntries(entries) as ListQuery;
}

/** Return the search for what is typed so far: its last word may still grow. */
function unfinished(text: string): string {
  return /[\p{L}\p{N}]{2,}$/u.test(text) ? `${text}*` : text;
}
