// What becomes of messages when the network, or the API, does not take them at once.
import assert from "node:assert/strict";
import { browse } from "./browsing";
import { uniqueWord } from "./local-run";
import { arrived, said, Visitor } from "./visitor";

const BEGIN = "**/api/Tickets/createchatticket";
const MESSAGES = "**/api/Tickets/chatmessages";
const WEBSHOP = "11111111-1111-4111-8111-111111111111";
const GLOBEX = "88888888-8888-4888-8888-888888888888";
/** Lets a page of any origin read when to try again: in a second. */
const SOON = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Retry-After",
  "Retry-After": "1",
};

browse("what is written offline is sent once, in order, also after a reload", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  const word = uniqueWord();
  await page.context().setOffline(true);
  await visitor.write(`First ${word}`);
  await visitor.write("Second");
  await visitor.bubble("First").getByText("Not sent yet").waitFor();
  await visitor.notice.getByText("No connection").waitFor();
  await page.route("**/api/**", (route) => route.abort());
  await page.context().setOffline(false);
  await page.reload();
  await visitor.bubble("Second").getByText("Not sent yet").waitFor();
  await page.unroute("**/api/**");
  await visitor.sent("Second");
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Second"]);
});

browse("a message whose acknowledgement is lost is sent once, the first one too", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  const word = uniqueWord();
  let [lost, replayed] = [0, 0];
  page.on("response", (reply) => (replayed += reply.headers()["idempotent-replayed"] ? 1 : 0));
  // what is read tells that it arrived, too: not before both were sent again
  await page.route(`${MESSAGES}?after=*`, (route) => (replayed < 2 ? route.abort() : route.continue()));
  for (const address of [BEGIN, MESSAGES]) {
    await page.route(
      address,
      async (route) => {
        await route.fetch();
        lost++;
        await route.abort();
      },
      { times: 1 },
    );
  }
  await visitor.say(`First ${word}`);
  await visitor.say("Second");
  assert.deepEqual([lost, replayed], [2, 2]);
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Second"]);
  await visitor.shows([`First ${word}`, "Second"]);
});

browse("a visitor who writes too much is told to wait, and nothing is lost", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await page.route(MESSAGES, (route) => route.fulfill({ status: 429, headers: SOON }));
  await visitor.write("Last");
  await visitor.notice.getByText("Many messages at once").waitFor();
  await page.unroute(MESSAGES);
  await visitor.sent("Last");
  assert.deepEqual(await said((await arrived(word)).ticketID), [`First ${word}`, "Last"]);
});

browse("a channel of other sites is not available", async (open) => {
  const visitor = await Visitor.at(open, { page: (shop) => shop.replace(WEBSHOP, GLOBEX) });
  await visitor.write("Hello");
  await visitor.notice.getByText("not available on this site").waitFor();
  await visitor.bubble("Hello").getByText("Not sent yet").waitFor();
});

browse("a message that is refused can be sent again or removed", async (open) => {
  const visitor = await Visitor.at(open);
  const { page } = visitor;
  await page.route(BEGIN, (route) => route.fulfill({ status: 400, json: {} }), { times: 1 });
  await visitor.write("Odd");
  await visitor.write("Even");
  await visitor.sent("Even");
  await visitor.bubble("Odd").getByText("not accepted").waitFor();
  await visitor.bubble("Odd").getByRole("button", { name: "Send again" }).click();
  await visitor.sent("Odd");
  await visitor.shows(["Even", "Odd"]);
});
