// Messages that were written and not yet acknowledged. Each is kept under a name of its own, so that two tabs lose
// none of each other's, with the key by which the API knows a repetition.
import type { KeptTexts } from "./kept-texts";

/** A message on its way. The body by which it may begin a chat is kept whole: a repetition must say the same. */
export interface Outgoing {
  key: string;
  text: string;
  writtenAt: number;
  about: { pageUrl: string; lang: string; name?: string; uid?: string };
  /** When it was first tried, and the last message that was known then. */
  triedAt?: number;
  triedAfter?: number;
  /** It was first tried as the beginning of a chat. So must a repetition be: the API knows keys by their path. */
  begins?: boolean;
  /** It was refused, or nobody knows whether it arrived: the visitor decides. */
  fault?: "refused" | "unsure";
}

const PREFIX = "outgoing:";
const DIGITS = 15;
/** Milliseconds for which a key surely prevents a second message: an hour less than the API remembers it. */
const SURE_FOR = 23 * 3_600_000;

export class Outbox {
  constructor(private readonly kept: KeptTexts) {}

  /** Tell if other tabs of the site send the same. */
  get isShared(): boolean {
    return this.kept.isKept;
  }

  /** Return all, oldest first. */
  all(): Outgoing[] {
    return this.kept.names(PREFIX).flatMap((name) => {
      const kept = this.kept.get(name); // another tab may have removed it meanwhile
      return kept ? [JSON.parse(kept) as Outgoing] : [];
    });
  }

  /** Return the one to be sent next. */
  next(): Outgoing | undefined {
    for (const message of this.all()) {
      if (!message.fault && message.triedAt && Date.now() - message.triedAt > SURE_FOR)
        this.keep({ ...message, fault: "unsure" });
    }
    return this.all().find((message) => !message.fault);
  }

  add(text: string, about: Outgoing["about"]): void {
    const last = this.all().at(-1)?.writtenAt ?? 0;
    const writtenAt = Math.max(Date.now(), last + 1); // in the order of writing, also where the clock was set back
    this.keep({ key: crypto.randomUUID(), text, about, writtenAt });
  }

  keep(message: Outgoing): void {
    this.kept.set(name(message), JSON.stringify(message));
  }

  remove(message: Outgoing): void {
    this.kept.remove(name(message));
  }

  /** Put a message that has a fault back in line, as a new one. */
  renew(message: Outgoing): void {
    this.remove(message);
    this.add(message.text, message.about);
  }
}

function name(message: Outgoing): string {
  return `${PREFIX}${String(message.writtenAt).padStart(DIGITS, "0")}-${message.key}`;
}
