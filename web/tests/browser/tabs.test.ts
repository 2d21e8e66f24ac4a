import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, newTicket, uniqueWord } from "./local-run";

browse("tabs are turned with the arrows, and are one stop of the Tab key", async (open) => {
  const { ticketID } = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticketID}`);
  const tab = (name: string) => page.getByRole("tab", { name, exact: true });
  await tab("Details").focus();
  for (const [key, name] of [
    ["ArrowRight", "History"],
    ["ArrowRight", "Changes"],
    ["ArrowRight", "Details"],
    ["ArrowLeft", "Changes"],
    ["Home", "Details"],
    ["End", "Changes"],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole("tabpanel", { name }).waitFor();
    assert.ok(await tab(name).evaluate((element) => element === document.activeElement), `${key}: ${name}`);
  }
  for (const key of ["Control+Home", "Shift+ArrowLeft", "Meta+ArrowLeft"]) {
    await page.keyboard.press(key);
    assert.equal(await tab("Changes").getAttribute("aria-selected"), "true", `${key} is the browser's own`);
  }
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "tabpanel");
});

browse(
  "an arrow changes the kind of message and keeps the focus, a click goes into the box",
  async (open) => {
    const { ticketID } = await newTicket(uniqueWord());
    const page = await signedIn(open, "Sam Super");
    await page.goto(`${addresses.console}/#/open/${ticketID}`);
    await page.getByRole("tab", { name: "Answer" }).focus();
    await page.keyboard.press("ArrowRight");
    const note = page.getByRole("textbox", { name: "Note" });
    await note.waitFor();
    await page.locator("[role=tab]:focus", { hasText: "Note" }).waitFor();
    await page.getByRole("tab", { name: "Note" }).click();
    assert.ok(await note.evaluate((element) => element === document.activeElement));
  },
);
