import { api, body } from "../api";
import { Refusal, Unreachable } from "../refusal";
import { Store } from "../store";
import { VIEWS, type ViewName } from "./views";

/** The exact number of tickets in each view. */
export const counts = new Store<Partial<Record<ViewName, number>>>({});

export async function readCounts(repID: number): Promise<void> {
  await Promise.all(
    VIEWS.map(async (view) => {
      const query = { ...view.query(repID), pageSize: 1 };
      const page = await body(api.GET("/api/Tickets", { params: { query } })).catch(passingFault);
      if (page) counts.set({ ...counts.value, [view.name]: page.totalCount });
    }),
  );
}

/** The next change asks again; until then the last counts stand. */
function passingFault(problem: unknown): null {
  if (problem instanceof Unreachable || problem instanceof Refusal) return null;
  throw problem;
}
