import assert from "node:assert/strict";
import { browse, signedIn } from "../browser/browsing";

const ENOUGH = 2_000;
/** Rows in the document at once, at most: those in sight and a few beyond. */
const ROWS = 40;
const PAGE_SIZE = 50;

browse(`${ENOUGH} tickets are scrolled through with few rows and few requests`, async (open) => {
  const page = await signedIn(open, "Sam Super");
  const count = Number((await page.locator("h1 .count").innerText()).replaceAll(/\D/g, ""));
  assert.ok(count >= ENOUGH, `load more first: there are ${count}`);
  let requests = 0;
  page.on("request", (request) => (requests += request.url().includes("cursor=") ? 1 : 0));
  let most = 0;
  for (let end = 0, before = -1; end !== before;) {
    before = end;
    most = Math.max(most, await page.locator(".row").count());
    end = await page.locator(".rows").evaluate(async (box) => {
      box.scrollTop = box.scrollHeight;
      for (let tries = 0; tries < 600 && document.querySelector(".rows-waiting"); tries++) {
        if (box.scrollTop + box.clientHeight < box.scrollHeight - 200) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return box.scrollHeight;
    });
  }
  await page.locator(`.row[aria-rowindex="${count}"]`).waitFor();
  assert.ok(most <= ROWS, `${most} rows were in the document`);
  assert.ok(requests <= Math.ceil(count / PAGE_SIZE), `${requests} pages were asked for`);
});
