import assert from "node:assert/strict";
import { browse, signedIn } from "./browsing";
import { addresses, ANN, call, messagesOf, newTicket, uniqueWord } from "./local-run";
import { unheard } from "./routed-replies";
import type { Ticket } from "../../api/types";

const RECORDED = "Where is my parcel?";

browse("an answer and a note are sent, and text stays text", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const text = "<img src=x onerror=alert(1)> & more";
  await page.getByRole("textbox", { name: "Answer" }).fill(text);
  await page.keyboard.press("Control+Enter");
  await page.locator(".message:not(.outgoing)").filter({ hasText: text }).waitFor();
  await page.getByRole("tab", { name: "Note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("Between us");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.locator(".message.Note:not(.outgoing)").waitFor();
  const sent = (await messagesOf(ticket.ticketID)).map(({ direction, body }) => [direction, body]);
  assert.deepEqual(sent, [
    ["Representative", text],
    ["Note", "Between us"],
  ]);
});

browse("what was done to a ticket is told with who did it", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("button", { name: "Assign to me" }).click();
  await page.getByText("with Sam Super").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.getByRole("button", { name: "Close", exact: true }).waitFor();
  await page.getByRole("tab", { name: "Changes" }).click();
  await page
    .locator(".changes li")
    .filter({ hasText: "Assigned to" })
    .filter({ hasText: "Sam Super" })
    .first()
    .waitFor();
});

browse("a key that is held acts once", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("button", { name: "Close", exact: true }).waitFor();
  let patches = 0;
  page.on("request", (request) => request.method() === "PATCH" && patches++);
  for (let times = 0; times < 12; times++) await page.keyboard.down("c");
  await page.keyboard.up("c");
  await page.getByRole("button", { name: "Reopen" }).waitFor();
  assert.equal(patches, 1);
});

browse("a recording is played, and sought in", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const [recorded] = (
    await call<{ items: Ticket[] }>("GET", "Tickets?channelType=Phone&pageSize=100")
  ).items.filter((ticket) => ticket.hasRecording && ticket.subject === RECORDED);
  await page.goto(`${addresses.console}/#/open/${recorded!.ticketID}`);
  await page.waitForFunction(() => (document.querySelector("audio")?.duration ?? 0) > 1);
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".waveform rect")].some((bar) => Number(bar.getAttribute("height")) > 30),
  );
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => document.querySelector("audio")!.currentTime > 0.2);
  const slider = page.getByRole("slider");
  const box = (await slider.boundingBox())!;
  await slider.click({ position: { x: box.width / 2, y: box.height / 2 } });
  await page.waitForFunction(() => {
    const audio = document.querySelector("audio")!;
    return audio.currentTime > audio.duration * 0.45 && audio.seekable.length > 0;
  });
  await slider.press("Home");
  await page.waitForFunction(() => document.querySelector("audio")!.currentTime < 3);
});

browse("of two who take a ticket at once one gets it, and the other is told who", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const pages = await Promise.all([signedIn(open, "Ann Agent"), signedIn(open, "Bob Agent")]);
  const buttons = pages.map((page) => page.getByRole("button", { name: "Assign to me" }));
  await Promise.all(pages.map((page) => page.goto(`${addresses.console}/#/unassigned/${ticket.ticketID}`)));
  await Promise.all(buttons.map((button) => button.waitFor()));
  await Promise.all(pages.map(unheard)); // a button goes away where its page hears of the other
  await Promise.all(buttons.map((button) => button.click()));
  const told = await Promise.any(pages.map((page) => page.locator(".notice.problem").innerText()));
  const { customerRepName } = await call<Ticket>("GET", `Tickets/${ticket.ticketID}`);
  assert.match(told, /was faster/);
  assert.ok(["Ann Agent", "Bob Agent"].includes(customerRepName!));
});

browse("an edit that was overtaken shows both sides, and saves what is chosen", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("button", { name: "Assign to me" }).waitFor();
  await page.keyboard.press("e");
  await page.getByRole("dialog").getByLabel("Subject").fill("Mine");
  await page.getByRole("dialog").getByLabel("Summary").fill("Only mine");
  await call("PATCH", `Tickets/${ticket.ticketID}`, { subject: "Theirs", uid: "their@address.example" }, ANN);
  await page.getByRole("button", { name: "Save" }).click();
  const conflict = page.getByRole("dialog", { name: "Somebody was faster" });
  await conflict.getByText("Theirs", { exact: true }).last().waitFor();
  await conflict.getByText("Also changed by them, and kept: Address").waitFor();
  await conflict.getByRole("button", { name: "Save what is chosen" }).click();
  await conflict.waitFor({ state: "detached" });
  const { subject, summary, uid } = await call<Ticket>("GET", `Tickets/${ticket.ticketID}`);
  assert.deepEqual([subject, summary, uid], ["Mine", "Only mine", "their@address.example"]);
});

browse("what is written without a network is sent once when it is back", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  await page.getByRole("textbox", { name: "Answer" }).fill("From the train");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("alert").filter({ hasText: "No connection" }).waitFor();
  await page.locator(".message.outgoing").getByText("Waiting for the connection").waitFor();
  await page.context().setOffline(false);
  await page.locator(".message:not(.outgoing)").filter({ hasText: "From the train" }).waitFor();
  await page.getByRole("alert").waitFor({ state: "detached" });
  assert.equal((await messagesOf(ticket.ticketID)).length, 1);
});

browse("what is not sent yet survives a reload, and so does what is being written", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  const answer = page.getByRole("textbox", { name: "Answer" });
  await page.route("**/api/TicketMessages", (route) => route.abort("connectionreset"));
  await answer.fill("Under way");
  await page.getByRole("button", { name: "Send" }).click();
  await answer.fill("Half a sent");
  await page.reload();
  await page.unroute("**/api/TicketMessages");
  await page.locator(".message:not(.outgoing)").filter({ hasText: "Under way" }).waitFor();
  assert.equal(await answer.inputValue(), "Half a sent");
  assert.equal((await messagesOf(ticket.ticketID)).length, 1);
});

browse("an answer whose reply was lost is not sent twice", async (open) => {
  const ticket = await newTicket(uniqueWord());
  const page = await signedIn(open, "Sam Super");
  await page.goto(`${addresses.console}/#/open/${ticket.ticketID}`);
  let isLost = false;
  await page.route("**/api/TicketMessages", async (route) => {
    if (route.request().method() !== "POST" || isLost) return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.getByRole("textbox", { name: "Answer" }).fill("Once only");
  await page.getByRole("button", { name: "Send" }).click();
  await page.locator(".message.outgoing").waitFor({ state: "detached" });
  assert.ok(isLost);
  assert.equal((await messagesOf(ticket.ticketID)).length, 1);
});
