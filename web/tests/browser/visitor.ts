// A visitor of the demo shop, and what a representative sees of them.
import { isDeepStrictEqual } from "node:util";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Message, Ticket } from "../../api/types";
import { PATIENCE } from "./browser";
import { OUTPUT, type Open } from "./browsing";
import { changedShop, type Change } from "./changed-shop";
import { addresses, call } from "./local-run";

export class Visitor {
  readonly launcher: Locator;
  readonly dialog: Locator;
  readonly text: Locator;
  readonly notice: Locator;

  constructor(readonly page: Page) {
    const widget = page.locator("tickets-chat");
    this.launcher = widget.locator(".launcher");
    this.dialog = widget.getByRole("dialog");
    this.text = widget.locator("textarea");
    this.notice = widget.getByRole("status");
  }

  /** Come to the shop, or to a site that differs from it, and open the chat. */
  static async at(open: Open, change?: Change, device?: BrowserContextOptions): Promise<Visitor> {
    const page = await open(device);
    const site = change && (await changedShop(change));
    page.context().on("close", () => site?.server.close().closeAllConnections());
    return Visitor.on(page, site?.address);
  }

  /** Open the chat on a page, and wait until it stands still. */
  static async on(page: Page, address = addresses.shop): Promise<Visitor> {
    await page.goto(address);
    const visitor = new Visitor(page);
    await visitor.launcher.click();
    await visitor.dialog.evaluate((dialog) =>
      Promise.all(dialog.getAnimations().map((animation) => animation.finished)),
    );
    return visitor;
  }

  async write(text: string): Promise<void> {
    await this.text.fill(text);
    await this.text.press("Enter");
  }

  /** Write, and wait until it is sent. */
  async say(text: string): Promise<void> {
    await this.write(text);
    await this.sent(text);
  }

  bubble(text: string): Locator {
    return this.dialog.getByRole("listitem").filter({ hasText: text });
  }

  /** Wait until a message is marked as sent. */
  sent(text: string): Promise<void> {
    return this.bubble(text)
      .locator(".state", { hasText: /^Sent$/ })
      .waitFor();
  }

  /** Keep a picture of the page, to be looked at. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `${OUTPUT}/pictures/widget-${name}.png`, animations: "disabled" });
  }

  /** Wait until these messages are shown and no others, oldest first. */
  async shows(texts: readonly string[]): Promise<void> {
    const shown = () => this.dialog.locator("li p").allTextContents();
    await until(shown, (found) => isDeepStrictEqual(found, texts));
  }
}

/** Return the ticket that has a word, once it is listed. */
export async function arrived(word: string): Promise<Ticket> {
  const list = () => call<{ items: Ticket[] }>("GET", `Tickets?search=${word}`);
  return (await until(list, ({ items }) => items.length === 1)).items[0]!;
}

/** Return what was said in a ticket, oldest first, Notes included: the newest 100. */
export async function said(ticketID: number): Promise<string[]> {
  const newest = `TicketMessages?ticketId=${ticketID}&pageSize=100&sortOrder=desc`;
  const { items } = await call<{ items: Message[] }>("GET", newest);
  return items.map((message) => message.body).reverse();
}

/** Ask until the answer is good; throw the last one when patience ends. */
export async function until<Answer>(question: () => Promise<Answer>, isGood: (answer: Answer) => boolean) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await question();
    if (isGood(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
