// A chat between the two pages: the shop's visitor and the representative in the console.
import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { uniqueWord } from "./local-run";
import { Visitor } from "./visitor";

browse(
  "a chat from the shop arrives in the inbox, and what is answered there in the widget",
  async (open) => {
    const word = uniqueWord();
    const console = await signedIn(open, "Sam Super");
    const visitor = await Visitor.at(open);
    await visitor.say(`Is the mug blue? ${word}`);
    await console.getByRole("row").filter({ hasText: word }).click();
    await console.locator(".message").filter({ hasText: word }).waitFor();
    await console.getByRole("textbox", { name: "Answer" }).fill("As the sea.");
    await console.getByRole("button", { name: "Send" }).click();
    await visitor.bubble("As the sea.").waitFor();
    await visitor.say("Then two of them, please.");
    await console.locator(".message").filter({ hasText: "Then two of them" }).waitFor();
    const bodies = await console.locator(".message-body").allInnerTexts();
    assert.deepEqual(bodies, [`Is the mug blue? ${word}`, "As the sea.", "Then two of them, please."]);
  },
);
