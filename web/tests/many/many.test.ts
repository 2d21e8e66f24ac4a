import assert from "node:assert/strict";
import { PATIENCE } from "../browser/browser";
import { browse, signedIn } from "../browser/browsing";

const ENOUGH = 2_000;
/** Rows in the document at once, at most: those in sight and a few beyond. */
const ROWS = 40;
const PAGE_SIZE = 50;

browse(`${ENOUGH} tickets are scrolled through with few rows and few pages`, async (open) => {
  const page = await signedIn(open, "Sam Super");
  const count = Number((await page.locator("h1 .count").innerText()).replaceAll(/\D/g, ""));
  assert.ok(count >= ENOUGH, `load more first: there are ${count}`);
  const cursors = new Set<string>(); // a page that is asked for again, after a refusal, is no other one
  page.on("request", (request) => {
    const cursor = new URL(request.url()).searchParams.get("cursor");
    if (cursor) cursors.add(cursor);
  });
  let most = 0;
  for (let end = 0, before = -1; end !== before;) {
    before = end;
    most = Math.max(most, await page.locator(".row").count());
    end = await page.locator(".rows").evaluate(async (box, patience) => {
      box.scrollTop = box.scrollHeight;
      for (const deadline = Date.now() + patience; Date.now() < deadline;) {
        if (!document.querySelector(".rows-waiting")) break;
        if (box.scrollTop + box.clientHeight < box.scrollHeight - 200) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return box.scrollHeight;
    }, PATIENCE);
  }
  await page.locator(`.row[aria-rowindex="${count}"]`).waitFor();
  assert.ok(most <= ROWS, `${most} rows were in the document`);
  assert.ok(cursors.size <= Math.ceil(count / PAGE_SIZE), `${cursors.size} pages were asked for`);
});
