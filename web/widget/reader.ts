// Follows the chat that the kept key opens: asks what is new, as often as the visitor's attention is worth.
import { Conversation } from "./conversation";
import { IDLE_AFTER, pause } from "./rhythm";
import type { Service } from "./service";

/** What a reader needs to know, and whom it tells how many answers came. */
export interface Following {
  visitorKey: () => string | null;
  isOpen: () => boolean;
  isAwaited: boolean;
  /** Resolves when nothing is being sent: what is on its way must not be shown twice. */
  isSent: () => Promise<unknown>;
  changed: (news: number) => void;
}

/** How many failures in a row a visitor is told of: one alone may be chance. */
const TOLD = 2;

export class Reader {
  private failures = 0;
  private followed: Conversation | null = null;
  private isAsking = false;
  private timer = 0;
  private touchedAt = performance.now();
  /** When the API wants to be asked again at the earliest, by the clock that nobody sets. */
  private notBefore = 0;

  constructor(
    private readonly service: Service,
    private readonly following: Following,
  ) {}

  get isReached(): boolean {
    return this.failures < TOLD;
  }

  /** Return the chat that the kept key opens: another tab may have begun it, or another one. */
  conversation(): Conversation | null {
    const visitorKey = this.following.visitorKey();
    if (visitorKey !== (this.followed?.visitorKey ?? null)) {
      this.followed = visitorKey ? new Conversation(visitorKey) : null;
      this.failures = 0; // they were the other chat's: where there is none, nothing is read that could end them
    }
    return this.followed;
  }

  /** Ask at once, or once the API's patience allows it. */
  ask(): void {
    this.touchedAt = performance.now();
    if (this.isAsking) return;
    clearTimeout(this.timer);
    if (performance.now() < this.notBefore) return this.readLater();
    this.failures = Math.min(this.failures, TOLD); // it is told until it is over, and tried more often again
    void this.read();
  }

  /** Note that the visitor does something; ask at once if that was long ago. */
  stir(): void {
    if (this.isIdle()) this.ask();
    this.touchedAt = performance.now();
  }

  private async read(): Promise<void> {
    if (this.pause() === null || !this.conversation()) return;
    this.isAsking = true;
    try {
      await this.following.isSent();
      const conversation = this.conversation();
      const news = conversation && (await this.update(conversation));
      if (news !== null) this.following.changed(news);
    } finally {
      this.isAsking = false;
      this.readLater();
    }
  }

  private readLater(): void {
    const wait = this.pause();
    if (wait === null || this.conversation()?.isOver) return;
    this.timer = window.setTimeout(() => this.read(), Math.max(wait, this.notBefore - performance.now()));
  }

  /** Read what is new; return the number of answers among it, null if nothing changed. */
  private async update(conversation: Conversation): Promise<number | null> {
    const { version, answers, isRead } = conversation;
    const failures = this.failures;
    const refusal = await conversation.update(this.service);
    this.failures = refusal && refusal.kind !== "over" ? this.failures + 1 : 0;
    if (refusal?.kind === "later") this.notBefore = performance.now() + (refusal.wait ?? 0);
    if (conversation.version === version && failures === this.failures) return null;
    const news = isRead ? conversation.answers - answers : 0;
    if (news) this.touchedAt = performance.now();
    return news;
  }

  private pause(): number | null {
    return pause({
      isOpen: this.following.isOpen(),
      isVisible: document.visibilityState === "visible",
      isIdle: this.isIdle(),
      isAwaited: this.following.isAwaited,
      failures: this.failures,
    });
  }

  private isIdle(): boolean {
    return performance.now() - this.touchedAt > IDLE_AFTER;
  }
}
