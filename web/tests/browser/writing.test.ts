import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, messagesOf, newTicket, uniqueWord } from "./local-run";

browse("answers that were written without a network arrive in their order", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const answer = page.getByRole("textbox", { name: "Answer" });
  await answer.waitFor();
  await page.context().setOffline(true);
  const texts = ["First", "Second", "Third"];
  for (const text of texts) {
    await answer.fill(text);
    await page.keyboard.press("Control+Enter");
  }
  await page.context().setOffline(false);
  await page.locator(".message.outgoing").first().waitFor({ state: "detached" });
  await page.locator(".message:not(.outgoing)").filter({ hasText: "Third" }).waitFor();
  assert.deepEqual(
    (await messagesOf(ticket.ticketID)).map((message) => message.body),
    texts,
  );
});

browse("a token that ends takes nothing that is being written with it", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const answer = page.getByRole("textbox", { name: "Answer" });
  await answer.fill("Half a sent");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.getByRole("dialog").getByLabel("Summary").fill("Half a thou");
  await page.route("**/api/**", (route) => route.fulfill({ status: 401 }));
  await page.getByText("Your token is not valid").waitFor();
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Sam Super" }).click();
  await answer.waitFor();
  assert.equal(await answer.inputValue(), "Half a sent");
  await page.keyboard.press("e");
  assert.equal(await page.getByRole("dialog").getByLabel("Summary").inputValue(), "Half a thou");
});
