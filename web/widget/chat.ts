// The chat of one visitor: what was said, what is on its way, and what stands in the way. It knows no page.
import type { Conversation } from "./conversation";
import { Outbox, type Outgoing } from "./outbox";
import { Reader } from "./reader";
import { Sender, type Delivery, type Trouble } from "./sender";
import type { Service } from "./service";
import type { KeptTexts } from "./kept-texts";

export interface Site {
  channelToken: string;
  lang: string;
  /** The site wants to show news while the chat is shut. */
  isAwaited: boolean;
}

/** Who writes, as far as they want to say. */
export interface Person {
  name?: string;
  uid?: string;
}

const KEY = "visitorKey";
const SEEN = "seen";
const LONGEST_ADDRESS = 2000;

export class Chat {
  private readonly outbox: Outbox;
  private readonly sender: Sender;
  private readonly reader: Reader;
  private isOpen = false;

  constructor(
    service: Service,
    private readonly kept: KeptTexts,
    private readonly site: Site,
    private readonly changed: (news: number) => void,
  ) {
    const visitorKey = () => this.kept.get(KEY);
    this.outbox = new Outbox(kept);
    this.sender = new Sender(service, this.outbox, site.channelToken, this.delivery(visitorKey));
    this.reader = new Reader(service, {
      visitorKey,
      isOpen: () => this.isOpen,
      isAwaited: site.isAwaited,
      isSent: () => this.sender.turn,
      changed: (news) => this.show(news),
    });
  }

  private delivery(visitorKey: () => string | null): Delivery {
    return {
      visitorKey,
      last: () => this.conversation?.last ?? 0,
      begun: (visitorKey) => this.kept.set(KEY, visitorKey),
      said: (message, messageID, dateCreated) => this.said(message, messageID, dateCreated),
      changed: () => this.delivered(),
    };
  }

  /** Go on where this page, an earlier one or another tab left off. */
  start(): void {
    this.kept.follow(() => this.wake());
    addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => this.wake());
    this.wake();
  }

  get conversation(): Conversation | null {
    return this.reader.conversation();
  }

  /** What is on its way, without that which has arrived though its acknowledgement was lost. */
  get outgoing(): Outgoing[] {
    return this.outbox.all().filter((message) => message.fault || !this.hasArrived(message));
  }

  get trouble(): Trouble | null {
    if (this.conversation?.isOver) return "over";
    return this.sender.trouble ?? (this.reader.isReached ? null : "unreachable");
  }

  /** How many answers the visitor has not seen. */
  get unseen(): number {
    return this.conversation?.answersAfter(Number(this.kept.get(SEEN))) ?? 0;
  }

  setOpen(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.wake();
  }

  write(text: string, person: Person): void {
    // without its query, in which a site may carry what opens an account
    const pageUrl = (location.origin + location.pathname).slice(0, LONGEST_ADDRESS);
    this.outbox.add(text, { ...person, pageUrl, lang: this.site.lang });
    this.wake();
  }

  /** Send a message that has a fault once more, as a new one. */
  renew(message: Outgoing): void {
    this.outbox.renew(message);
    this.wake();
  }

  discard(message: Outgoing): void {
    this.outbox.remove(message);
    this.show(0);
  }

  /** Leave a chat that is over; what was not sent begins the next. */
  beginAnew(): void {
    this.kept.remove(KEY);
    this.kept.remove(SEEN);
    this.wake();
  }

  /** Note that the visitor is there. */
  stir(): void {
    this.reader.stir();
  }

  /** Send what waits, ask for what is new, and show what another tab did. */
  private wake(): void {
    if (!this.conversation?.isOver) this.sender.send();
    this.reader.ask();
    this.show(0);
  }

  private said({ key, text }: Outgoing, messageID: number, dateCreated: string): void {
    this.conversation?.add({ key, messageID, dateCreated, body: text, direction: "EndUser", from: null });
  }

  private hasArrived({ text, triedAfter }: Outgoing): boolean {
    return triedAfter !== undefined && Boolean(this.conversation?.hasSaid(text, triedAfter));
  }

  private delivered(): void {
    if (this.conversation && this.sender.trouble === "over") {
      this.conversation.isOver = true;
      this.sender.trouble = null;
    }
    this.reader.ask();
    this.show(0);
  }

  private show(news: number): void {
    for (const message of this.outbox.all())
      if (message.fault === "unsure" && this.hasArrived(message)) this.outbox.remove(message);
    const last = this.conversation?.last ?? 0;
    const isNew = last > Number(this.kept.get(SEEN)); // another tab may have seen more
    if (isNew && this.isOpen && document.visibilityState === "visible") this.kept.set(SEEN, String(last));
    this.changed(news);
  }
}
