import { browse, signedIn } from "./browsing";
import { call, newTicket, uniqueWord } from "./local-run";

browse("a follow-up that falls due moves its ticket by itself", async (open) => {
  const [waiting, watching] = [await signedIn(open, "Sam Super"), await signedIn(open, "Sam Super")];
  await waiting.getByRole("link", { name: /^Follow-up/ }).click();
  await waiting.getByRole("heading", { level: 1, name: /^Follow-up \d+/ }).waitFor();
  const subject = uniqueWord();
  const { ticketID } = await newTicket(subject, { followUpDate: after(3_600_000) });
  const rows = [waiting, watching].map((page) => page.getByRole("row").filter({ hasText: subject }));
  await rows[0]!.waitFor();
  await call("PATCH", `Tickets/${ticketID}`, { followUpDate: after(5_000) });
  await rows[1]!.waitFor();
  await rows[0]!.waitFor({ state: "detached" });
});

function after(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}

browse("a follow-up is set for a moment that is typed", async (open) => {
  const page = await signedIn(open, "Sam Super");
  const subject = uniqueWord();
  await newTicket(subject);
  await page.getByRole("row").filter({ hasText: subject }).click();
  await page.getByRole("toolbar", { name: "Actions" }).getByTitle("Follow-up").click();
  await page.getByLabel("At", { exact: true }).fill("2099-01-02T03:04");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await page.getByRole("row").filter({ hasText: subject }).waitFor({ state: "detached" });
  await page.locator(".facts").getByText("2 Jan 2099").waitFor();
});
