import assert from "node:assert/strict";
import type { Message, Ticket } from "../../api/types";
import { PATIENCE } from "./browser";

/** Addresses of the local run under test; `tests/web` sets them. */
export const addresses = {
  api: process.env["API_URL"] ?? "http://127.0.0.1:3000",
  console: process.env["CONSOLE_URL"] ?? "http://127.0.0.1:3002",
  shop: process.env["SHOP_URL"] ?? "http://127.0.0.1:3003",
};

/** Representatives of the demo data. */
export const SAM = 12;
export const ANN = 13;

/** Return a token as the console's page gets it. */
export async function tokenOf(repID: number, customerID = 1): Promise<string> {
  const headers = { "Sec-Fetch-Site": "same-origin" };
  const reply = await fetch(`${addresses.console}/people/${customerID}/${repID}`, { headers });
  return ((await reply.json()) as { token: string }).token;
}

/** Call the API as a representative, beside the browser; fail where it refuses. */
export async function call<T>(method: string, path: string, body?: unknown, repID = SAM): Promise<T> {
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  const reply = await fetch(`${addresses.api}/api/${path}`, {
    method,
    headers: { Authorization: `Bearer ${await tokenOf(repID)}`, "Content-Type": type },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${await reply.clone().text()}`);
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}

let count = 0;

/** Return a subject that no other ticket has; it is one word, so a search finds this ticket alone. */
export function uniqueWord(): string {
  return `quagga${Date.now().toString(36)}${count++}`;
}

/** Create a ticket that nobody holds. */
export function newTicket(subject: string, fields: Partial<Ticket> = {}): Promise<Ticket> {
  const { lastMessageDate = new Date().toISOString() } = fields;
  return call("POST", "Tickets", {
    status: "Open",
    channelType: "Email",
    channelID: 1,
    subject,
    ...fields,
    lastMessageDate,
  });
}

/** Wait until a search finds as many tickets: words become searchable within seconds. */
export async function searchable(word: string, count: number): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline;) {
    if ((await call<{ totalCount: number }>("GET", `Tickets?search=${word}`)).totalCount === count) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${word} is not found in ${count} tickets`);
}

export async function messagesOf(ticketID: number): Promise<Message[]> {
  return (await call<{ items: Message[] }>("GET", `TicketMessages?ticketId=${ticketID}`)).items;
}
