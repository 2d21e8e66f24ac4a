/** A customer's program, with types made of docs/openapi.json. Arguments: where the API answers, a token. */
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Ticket = components["schemas"]["TicketReadDTO"];

const [baseUrl = "", token = ""] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

async function subjectOfNewTicket(): Promise<string> {
  const { data, error } = await api.POST("/api/Tickets", {
    body: { status: "Open", subject: "Made in TypeScript", channelType: "Email" },
  });
  if (error) throw new Error(`${error.code}: ${error.detail}`);
  const ticket: Ticket = data;
  return ticket.subject;
}

async function openTickets(): Promise<number> {
  const query = { status: ["Open", "Pending"], isSpam: false, sortBy: "subject" as const, pageSize: 3 };
  const { data, error } = await api.GET("/api/Tickets", { params: { query } });
  if (error) throw new Error(error.code);
  return data.items.filter((ticket) => !ticket.isClosed).length;
}

async function pointersOfRefusal(): Promise<string[]> {
  const { error } = await api.POST("/api/Tickets", { body: { status: "Open", subject: "", channelType: "" } });
  if (error?.status !== 400) throw new Error("The ticket should have been refused.");
  const code: "InvalidRequest" = error.code;
  return [code, ...error.errors.map((fault) => fault.pointer)];
}

console.log(JSON.stringify([await subjectOfNewTicket(), await openTickets(), await pointersOfRefusal()]));
