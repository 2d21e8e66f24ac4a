// Replies in the place of the API's: none, a refusal, or one of a bulk request.
import type { Page, Route } from "playwright-core";
import type { components } from "../../api/schema";
import type { Message } from "../../api/types";

type BulkResult = components["schemas"]["BulkResult"];

/** Leave a request without an answer, as a slow network does. */
export function unanswered(): void {}

/** Leave a page's questions for changes without an answer from the next one on, so that it hears of none. */
export async function unheard(page: Page): Promise<void> {
  await new Promise<void>((asked) => void page.route("**/api/Changes?*", () => asked()));
}

/** Answer as many bulk requests as done, without doing it; leave those that follow unanswered. */
export function unansweredAfter(count: number): (route: Route) => Promise<void> | void {
  let seen = 0;
  return (route) => (seen++ < count ? answered(route, () => false) : unanswered());
}

/** Leave requests without an answer until the function returned is called: the API's, unless another is given. */
export async function held(
  page: Page,
  address: string,
  answer = (route: Route) => route.continue(),
): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(address, async (route) => {
    await released;
    await answer(route);
  });
  return release;
}

/** Answer with a page of nothing. */
export function answeredEmpty(route: Route): Promise<void> {
  const json = { items: [], totalCount: 0, totalPages: 0, pageNumber: 1, pageSize: 50, nextCursor: null };
  return route.fulfill({ json, headers: readable(route) });
}

/** Leave the first message out, as where more was said than is read at once. */
export async function withoutTheFirst(route: Route): Promise<void> {
  const response = await route.fetch();
  const page = (await response.json()) as { items: Message[] };
  await route.fulfill({
    response,
    json: { ...page, items: page.items.filter(({ messageID }) => messageID > 1) },
  });
}

/** Answer that of the tickets one is not there, and one is another's. */
export function failing(route: Route): Promise<void> {
  return answered(route, (index) => index < 2);
}

function answered(route: Route, fails: (index: number) => boolean): Promise<void> {
  const { action, ticketIDs } = route.request().postDataJSON() as {
    action: BulkResult["action"];
    ticketIDs: number[];
  };
  const failed = ticketIDs.filter((_, index) => fails(index));
  const result: BulkResult = {
    action,
    succeeded: ticketIDs.filter((ticketID) => !failed.includes(ticketID)),
    queued: [],
    failed: failed.map((ticketID, index) => ({ ticketID, ...FAILURES[index % FAILURES.length]! })),
  };
  return route.fulfill({ json: result, headers: readable(route) });
}

const FAILURES = [
  { status: 404, code: "NotFound", detail: "There is no such ticket, or you may not see it." },
  { status: 409, code: "AlreadyAssigned", detail: "Another representative has this ticket." },
];

/** Refuse a request; `pointer` says which field is at fault. */
export function refused(route: Route, detail: string, pointer?: string): Promise<void> {
  const errors = pointer ? [{ pointer, detail }] : [];
  const problem = { type: "about:blank", title: "Refused", status: 422, code: "Refused", detail, errors };
  const headers = { ...readable(route), "Content-Type": "application/problem+json" };
  return route.fulfill({ status: 422, headers, body: JSON.stringify(problem) });
}

/** Answer that the API cannot do it just now. */
export function unavailable(route: Route): Promise<void> {
  return route.fulfill({ status: 503, headers: readable(route) });
}

/** Return what lets the console's page, of another origin, read a reply. */
function readable(route: Route): Record<string, string> {
  return { "Access-Control-Allow-Origin": route.request().headers()["origin"] ?? "*" };
}
