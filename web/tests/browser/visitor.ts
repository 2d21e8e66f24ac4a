// A visitor of the demo shop, and what a representative sees of them.
import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { changedShop, type Change } from "./changed_shop";
import { addresses, ask, until } from "./local_run";

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
  static async at(page: Page, change?: Change): Promise<Visitor> {
    if (change) {
      const { server, address } = await changedShop(change);
      page.context().on("close", () => server.close().closeAllConnections());
      await page.goto(address);
    } else {
      await page.goto(addresses.shop);
    }
    const visitor = new Visitor(page);
    await visitor.launcher.click();
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

  /** Return the texts of all messages that are shown. */
  shown(): Promise<string[]> {
    return this.dialog.locator("li p").allTextContents();
  }
}

/** Return a word that stands in no other ticket. */
export function rareWord(): string {
  return `w${randomUUID().replaceAll("-", "")}`;
}

/** Return the ticket that has a word, once it is listed. */
export async function arrived(word: string): Promise<{ ticketID: number; subject: string }> {
  const list = () => ask("Ada", "GET", `Tickets?search=${word}`);
  return (await until(list, ({ totalCount }) => totalCount === 1)).items[0];
}

/** Return what was said in a ticket, oldest first, Notes included: the newest 100. */
export async function said(ticketID: number): Promise<string[]> {
  const { items } = await ask(
    "Ada",
    "GET",
    `TicketMessages?ticketId=${ticketID}&pageSize=100&sortOrder=desc`,
  );
  return items.map((message: { body: string }) => message.body).reverse();
}
