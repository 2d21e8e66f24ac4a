import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { held, refused } from "./routed-replies";

browse("a dashboard whose figures are refused says why, and takes them anew", async (open) => {
  const page = await signedIn(open, "Sam Super");
  await page.route("**/api/Tickets?*", (route) => refused(route, "Not now."));
  await page.getByRole("link", { name: "Dashboard" }).click();
  await page.getByText("Not now.").waitFor();
  await page.unroute("**/api/Tickets?*");
  const answer = await held(page, "**/api/Tickets?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("[aria-busy=true] h1:focus").waitFor();
  await page.locator(".skeleton").first().waitFor();
  assert.equal(await page.getByText("Not now.").count(), 0);
  answer();
  await page.locator(".chart").first().waitFor();
});
