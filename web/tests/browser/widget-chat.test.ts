// A chat from the demo shop to a representative and back.
import assert from "node:assert/strict";
import { browse } from "./browsing";
import { addresses, ANN, call, uniqueWord } from "./local-run";
import { arrived, said, Visitor } from "./visitor";

/** Notes what is added to the log, as a screen reader does. */
const READ_OUT = `{
  window.added = [];
  const note = (changes) => {
    for (const { addedNodes } of changes) added.push(...[...addedNodes].map((node) => node.textContent));
  };
  const log = document.querySelector("tickets-chat").shadowRoot.querySelector("[role=log]");
  new MutationObserver(note).observe(log, { childList: true, subtree: true });
}`;

browse("a chat arrives, and its answer is shown, but no note", async (open) => {
  const visitor = await Visitor.at(open);
  const word = uniqueWord();
  await visitor.dialog.getByLabel("Your name").fill("Jane");
  await visitor.say(`Is the mug <b>blue</b>? ${word}`);
  await visitor.page.waitForResponse((reply) => reply.status() === 304);
  const { ticketID } = await arrived(word);
  assert.deepEqual(await said(ticketID), [`Is the mug <b>blue</b>? ${word}`]);
  await call("PUT", `Tickets/${ticketID}/assign`, undefined, ANN);
  await call("POST", "TicketMessages", { ticketID, direction: "Note", body: "She asked before." }, ANN);
  await call("POST", "TicketMessages", { ticketID, body: "As the sea." }, ANN);
  await visitor.bubble("As the sea.").waitFor();
  await visitor.dialog.getByText("You are talking to Ann Agent").waitFor();
  await visitor.shows([`Is the mug <b>blue</b>? ${word}`, "As the sea."]);
  await visitor.say("Thank you!");
  await visitor.picture("answered");
  assert.deepEqual((await said(ticketID)).at(-1), "Thank you!");
});

browse("a chat goes on after a reload, and on the next day", async (open) => {
  const visitor = await Visitor.at(open);
  const word = uniqueWord();
  await visitor.say(`First ${word}`);
  await visitor.text.fill("half a sent");
  await visitor.page.reload();
  await visitor.bubble("First").waitFor();
  assert.equal(await visitor.text.inputValue(), "half a sent");
  await visitor.say("Second");
  const { ticketID } = await arrived(word);
  const context = visitor.page.context();
  await visitor.page.close(); // before the answer, so that this page cannot show it
  await call("POST", "TicketMessages", { ticketID, body: "Overnight" });
  const page = await open({ storageState: await context.storageState() }); // what a browser keeps when it is shut
  await page.goto(addresses.shop);
  await page.getByRole("button", { name: "1 new message" }).waitFor();
  const later = await Visitor.on(page);
  await later.bubble("Overnight").waitFor();
  await later.say("Third");
  assert.deepEqual(await said(ticketID), [`First ${word}`, "Second", "Overnight", "Third"]);
});

browse("a closed chat says so and opens again; one that is over makes room for another", async (open) => {
  const visitor = await Visitor.at(open);
  const [word, other] = [uniqueWord(), uniqueWord()];
  await visitor.say(`First ${word}`);
  const { ticketID } = await arrived(word);
  await call("PUT", "Tickets/bulk", { ticketIDs: [ticketID], action: "close" });
  await visitor.notice.getByText("was closed").waitFor();
  await visitor.say("One thing more");
  await visitor.notice.getByText("was closed").waitFor({ state: "detached" });
  await call("DELETE", `Tickets/${ticketID}`);
  await visitor.notice.getByText("has ended").waitFor();
  await visitor.write(`Anybody? ${other}`);
  await visitor.bubble("Anybody?").getByText("Not sent yet").waitFor();
  await visitor.notice.getByRole("button").click();
  await visitor.sent("Anybody?");
  await visitor.shows([`Anybody? ${other}`]);
  assert.notEqual((await arrived(other)).ticketID, ticketID);
});

browse("an answer is read out once", async (open) => {
  const visitor = await Visitor.at(open);
  const word = uniqueWord();
  await visitor.say(word);
  await visitor.page.evaluate(READ_OUT);
  const { ticketID } = await arrived(word);
  await call("POST", "TicketMessages", { ticketID, body: "As the sea" });
  await visitor.bubble("As the sea").waitFor();
  await visitor.say("Thanks");
  await visitor.page.waitForResponse((reply) => reply.status() === 304);
  const added = await visitor.page.evaluate<string[]>("added");
  assert.equal(added.filter((text) => text.includes("As the sea")).length, 1);
  assert.equal(added.filter((text) => text.includes("Thanks")).length, 1);
});

for (const [sound, count] of [
  ["", 0],
  [' data-sound="on"', 1],
] as const) {
  browse(`an answer is heard where the site asks for it: ${count}`, async (open) => {
    const page = await open();
    await page.addInitScript(() => {
      const sounds = Object.assign(window, { sounds: 0 });
      window.AudioContext = class extends AudioContext {
        constructor() {
          super();
          sounds.sounds++;
        }
      };
    });
    const visitor = await Visitor.at(async () => page, {
      page: (shop) => shop.replace(" defer", `${sound} defer`),
    });
    const word = uniqueWord();
    await visitor.say(`Ring ${word}`);
    const { ticketID } = await arrived(word);
    for (const [index, body] of ["Rang", "Rang again"].entries()) {
      await call("POST", "TicketMessages", { ticketID, body });
      await visitor.bubble(body).waitFor();
      await page.waitForFunction(`sounds >= ${(index + 1) * count}`);
    }
    assert.equal(await page.evaluate("sounds"), 2 * count);
  });
}

browse("two tabs of one visitor show one chat", async (open) => {
  const visitor = await Visitor.at(open);
  const tab = await Visitor.on(await visitor.page.context().newPage());
  const words = [uniqueWord(), uniqueWord()] as const;
  await Promise.all([visitor.write(words[0]), tab.write(words[1])]);
  for (const each of [visitor, tab]) for (const word of words) await each.bubble(word).waitFor();
  assert.equal((await arrived(words[0])).ticketID, (await arrived(words[1])).ticketID);
});
