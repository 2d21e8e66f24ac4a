import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { newTicket, uniqueWord } from "./local-run";

browse("filters find an end user by name, any status, and what waits", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const subject = uniqueWord();
  const uid = "jane@doe.example";
  const followUpDate = new Date(Date.now() + 86_400_000).toISOString();
  await newTicket(subject, { status: subject, uid, followUpDate });
  await page.getByTitle("Filters").click();
  const fields = page.locator(".filter-fields");
  await fields.getByLabel("Contact").fill("jan");
  await fields.getByRole("button", { name: /Jane Doe/ }).click();
  await fields.getByLabel("Another status …").fill(subject);
  await page.keyboard.press("Enter");
  await fields.getByLabel("Support").check();
  await fields.getByLabel("Follow-up").selectOption("too");
  await page.getByRole("row").filter({ hasText: subject }).waitFor();
  await page.getByRole("heading", { level: 1, name: "All open 1", exact: true }).waitFor();
});

browse("a text that is selected with a drag out of the filters leaves them open", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.getByTitle("Filters").click();
  const field = page.locator(".filter-fields").getByLabel("Contact");
  await field.hover();
  await page.mouse.down();
  await page.mouse.move(5, 5);
  await page.mouse.up();
  assert.ok(await field.isVisible());
  await page.mouse.click(5, 5);
  await field.waitFor({ state: "hidden" });
});

browse("a click on a row's box closes the filters", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.getByTitle("Filters").click();
  await page.locator(".filter-fields").waitFor();
  await page.getByRole("row").last().getByRole("checkbox").check();
  await page.locator(".filter-fields").waitFor({ state: "hidden" });
});

browse("a key on a button elsewhere closes the filters, also after a right click in them", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.getByTitle("Filters").click();
  await page.locator(".filter-fields").click({ button: "right", position: { x: 2, y: 2 } });
  await page.getByRole("row").last().getByRole("checkbox").press("Space");
  await page.locator(".filter-fields").waitFor({ state: "hidden" });
});
