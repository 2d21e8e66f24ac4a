import { browse, signedIn } from "./browsing";
import { addresses, call, newTicket, uniqueWord } from "./local-run";

const BOB = 14;

browse("changes name representatives and channels, not their numbers", async (open) => {
  const ticket = await newTicket(uniqueWord());
  await call("PATCH", `Tickets/${ticket.ticketID}`, { customerRepID: BOB, channelID: 5 });
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  const entry = page.locator(".changes > li").filter({ hasText: "Assigned to" }).first();
  await entry.getByText("Bob Agent").waitFor();
  await entry.getByText("WhatsApp").waitFor();
});

browse("changes from before a message's kind was kept are shown, too", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.route("**/changes?*", async (route) => {
    const reply = await route.fetch();
    const page = (await reply.json()) as { items: { changes: object }[] };
    page.items[0]!.changes = { messages: [null, { messageID: 1, direction: null }] };
    await route.fulfill({ response: reply, json: page });
  });
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.locator(".changes ins").getByText("message", { exact: true }).waitFor();
});
