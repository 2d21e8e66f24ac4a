import { Store } from "./store";

/** Names a place as the address does: `#/mine/123`, `#/dashboard`. Never a token, nor words of a ticket. */
export interface Route {
  place: string;
  ticketID: number | null;
}

export const route = new Store(parsed());
// a hashchange comes after the keys that are pressed already, a popstate before them, but only once the page is loaded
for (const kind of ["popstate", "hashchange"]) addEventListener(kind, follow);

export function address(place: string, ticketID?: number | null): string {
  return ticketID ? `#/${place}/${ticketID}` : `#/${place}`;
}

export function go(place: string, ticketID?: number | null): void {
  location.hash = address(place, ticketID);
}

function follow(): void {
  const { place, ticketID } = parsed();
  if (place !== route.value.place || ticketID !== route.value.ticketID) route.set({ place, ticketID });
}

function parsed(): Route {
  const [, place = "", ticketID = ""] = location.hash.split("/");
  return { place: place || "open", ticketID: /^[1-9]\d*$/.test(ticketID) ? Number(ticketID) : null };
}
