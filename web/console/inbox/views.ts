import type { ListQuery } from "../../api/types";
import type { TextKey } from "../text/text";

export type ViewName = "mine" | "unassigned" | "open" | "followup" | "spam" | "closed";

export interface View {
  name: ViewName;
  title: TextKey;
  /** Return the filters of the view for a representative. */
  query(repID: number): ListQuery;
}

export const VIEWS: readonly View[] = [
  {
    name: "mine",
    title: "view.mine",
    query: (repID) => ({ customerRepID: repID, isClosed: false, isSpam: false }),
  },
  {
    name: "unassigned",
    title: "view.unassigned",
    query: () => ({ customerRepID: 0, isClosed: false, isSpam: false }),
  },
  { name: "open", title: "view.open", query: () => ({ isClosed: false, isSpam: false }) },
  { name: "followup", title: "view.followup", query: () => ({ isFollowUp: true }) },
  { name: "spam", title: "view.spam", query: () => ({ isSpam: true, includeFollowUp: true }) },
  {
    name: "closed",
    title: "view.closed",
    query: () => ({ isClosed: true, isSpam: false, includeFollowUp: true }),
  },
];

export function viewNamed(name: string): View {
  return VIEWS.find((view) => view.name === name) ?? VIEWS[2]!;
}
