// A chat from the demo shop to a representative and back.
import assert from "node:assert/strict";
import { addresses, ask } from "./local_run";
import { inBrowser, nextDay } from "./chromium";
import { arrived, rareWord, said, Visitor } from "./visitor";

inBrowser("a chat arrives, and its answer is shown, but no note", async (page) => {
  const visitor = await Visitor.at(page);
  const word = rareWord();
  await visitor.dialog.getByLabel("Your name").fill("Jane");
  await visitor.say(`Is the mug <b>blue</b>? ${word}`);
  const { ticketID } = await arrived(word);
  assert.deepEqual(await said(ticketID), [`Is the mug <b>blue</b>? ${word}`]);
  await ask("Ann", "PUT", `Tickets/${ticketID}/assign`);
  await ask("Ann", "POST", "TicketMessages", { ticketID, direction: "Note", body: "She asked before." });
  await ask("Ann", "POST", "TicketMessages", { ticketID, body: "As the sea." });
  await visitor.bubble("As the sea.").waitFor();
  await visitor.dialog.getByText("You are talking to Ann Agent").waitFor();
  assert.deepEqual(await visitor.shown(), [`Is the mug <b>blue</b>? ${word}`, "As the sea."]);
  await visitor.say("Thank you!");
  assert.deepEqual((await said(ticketID)).at(-1), "Thank you!");
});

inBrowser("a chat goes on after a reload, and on the next day", async (page) => {
  const visitor = await Visitor.at(page);
  const word = rareWord();
  await visitor.say(`First ${word}`);
  await visitor.text.fill("half a sent");
  await page.reload();
  await visitor.bubble("First").waitFor();
  assert.equal(await visitor.text.inputValue(), "half a sent");
  await visitor.say("Second");
  const { ticketID } = await arrived(word);
  await ask("Ada", "POST", "TicketMessages", { ticketID, body: "Overnight" });
  const later = new Visitor(await nextDay(page));
  await later.page.goto(addresses.shop);
  await later.launcher.and(later.page.getByLabel("1 new message")).click();
  await later.bubble("Overnight").waitFor();
  await later.say("Third");
  assert.deepEqual(await said(ticketID), [`First ${word}`, "Second", "Overnight", "Third"]);
});

inBrowser("a closed chat says so and opens again; one that is over makes room for another", async (page) => {
  const visitor = await Visitor.at(page);
  const [word, other] = [rareWord(), rareWord()];
  await visitor.say(`First ${word}`);
  const { ticketID } = await arrived(word);
  await ask("Ada", "PUT", "Tickets/bulk", { ticketIDs: [ticketID], action: "close" });
  await visitor.notice.getByText("was closed").waitFor();
  await visitor.say("One thing more");
  await visitor.notice.getByText("was closed").waitFor({ state: "detached" });
  await ask("Ada", "DELETE", `Tickets/${ticketID}`);
  await visitor.notice.getByText("has ended").waitFor();
  await visitor.write(`Anybody? ${other}`);
  await visitor.bubble("Anybody?").getByText("Not sent yet").waitFor();
  await visitor.notice.getByRole("button").click();
  await visitor.sent("Anybody?");
  assert.deepEqual(await visitor.shown(), [`Anybody? ${other}`]);
  assert.notEqual((await arrived(other)).ticketID, ticketID);
});

inBrowser("two tabs of one visitor show one chat", async (page) => {
  const visitor = await Visitor.at(page);
  const tab = await Visitor.at(await page.context().newPage());
  const words = [rareWord(), rareWord()] as const;
  await Promise.all([visitor.write(words[0]), tab.write(words[1])]);
  for (const each of [visitor, tab]) for (const word of words) await each.bubble(word).waitFor();
  assert.equal((await arrived(words[0])).ticketID, (await arrived(words[1])).ticketID);
});
