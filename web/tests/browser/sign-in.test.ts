import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, SAM, tokenOf } from "./local-run";
import { held, unavailable } from "./routed-replies";

browse(
  "a representative of the demo data signs in by name, and sees the counts of the views",
  async (open) => {
    const page = await signedIn(open, "Sam Super");
    await page.getByRole("link", { name: /All open [\d,]+/ }).waitFor();
    assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /^All open [\d,]+$/);
  },
);

browse("a token signs in, stays out of the address and is forgotten on leaving", async (open) => {
  const page = await open();
  await page.goto(addresses.console);
  await page.getByLabel("Or with a token of yours").fill(await tokenOf(SAM));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("row").first().waitFor();
  assert.ok(!page.url().includes("ey"));
  await page.reload();
  await page.getByRole("row").first().waitFor();
  await page.locator(".account summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.getItem("tickets.token")), null);
});

browse("where the API takes its time, the page says that it waits", async (open) => {
  const page = await open();
  const recognise = await held(page, "**/api/CustomerReps/me");
  const follow = await held(page, "**/api/Changes?*");
  const waits = page.getByRole("status").filter({ hasText: "One moment" });
  await page.goto(addresses.console);
  await page.getByRole("button", { name: "Sam Super" }).click();
  await waits.waitFor();
  recognise();
  await page.getByRole("link", { name: /^All open/ }).waitFor();
  await waits.waitFor();
  follow();
  await page.getByRole("row").first().waitFor();
  await waits.waitFor({ state: "detached" });
});

browse(
  "a wait is told after a second into a place that was there, and otherwise once it is long",
  async (open) => {
    const page = await open({ reducedMotion: "reduce" });
    await page.clock.install();
    await page.route("**/api/CustomerReps/me", unavailable);
    await page.goto(addresses.console);
    const person = page.getByRole("button", { name: "Sam Super" });
    await person.waitFor();
    await page.clock.pauseAt(Date.now() + 60_000);
    await person.click();
    const told = page.locator(":not([aria-busy=true]) > [role=status]");
    await told.waitFor({ state: "attached" });
    await page.clock.runFor(500);
    assert.equal(await told.textContent(), "");
    await page.clock.runFor(1000);
    assert.equal(await told.textContent(), "One moment …");
    await page.clock.runFor(10_000);
    await told.getByText("There is no answer yet.").waitFor();
  },
);

browse("a token that the API does not take is told so", async (open) => {
  const page = await open();
  await page.goto(addresses.console);
  await page.getByLabel("Or with a token of yours").fill("no.such.token");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Your token is not valid").waitFor();
});
