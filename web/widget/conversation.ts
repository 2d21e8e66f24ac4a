// What was said in a chat so far, as far as this page has read it.
import type { Message, Read, Refusal, Service } from "./service";

/** A message, with the key that it was sent by from this page. */
export type Said = Message & { key?: string };

export class Conversation {
  isClosed = false;
  isOver = false;
  isRead = false;
  agentName: string | null = null;
  /** Rises with each change. */
  version = 0;
  private readonly said = new Map<number, Said>();
  private after = 0;
  private tag: string | null = null;

  constructor(readonly visitorKey: string) {}

  /** All messages, oldest first. */
  get messages(): Said[] {
    return [...this.said.values()].sort((one, other) => one.messageID - other.messageID);
  }

  /** The last messageID; 0 where there is none. */
  get last(): number {
    return Math.max(0, ...this.said.keys());
  }

  /** Tell whether the visitor said this after a message, as far as was read. */
  hasSaid(text: string, after: number): boolean {
    return this.messages.some(
      ({ direction, messageID, body, key }) =>
        direction === "EndUser" && messageID > after && body === text && !key,
    );
  }

  /** How many messages are not the visitor's. */
  get answers(): number {
    return this.answersAfter(0);
  }

  answersAfter(messageID: number): number {
    const isAnswer = (message: Said) => message.direction !== "EndUser" && message.messageID > messageID;
    return this.messages.filter(isAnswer).length;
  }

  /** Add a message. One that was just sent is read again, as others may have been said before it. */
  add(message: Said): void {
    this.said.set(message.messageID, { ...this.said.get(message.messageID), ...message });
    this.version++;
  }

  /** Read what is new, to the last message; return the refusal, if there was one. */
  async update(service: Service): Promise<Refusal | null> {
    for (let isBehind = true; isBehind;) {
      const answer = await service.read(this.visitorKey, this.after, this.tag);
      if (answer.kind !== "done") return this.refused(answer);
      isBehind = answer.value !== null && this.take(answer.value);
    }
    return null;
  }

  private refused(refusal: Refusal): Refusal {
    if (refusal.kind === "over") {
      this.isOver = true;
      this.version++;
    }
    return refusal;
  }

  /** Take a page in; tell whether there are more. */
  private take({ messages, tag }: Read): boolean {
    for (const message of messages.items) this.add(message);
    this.isClosed = messages.isClosed;
    this.agentName = messages.agentName;
    const last = messages.items.at(-1)?.messageID;
    this.tag = last ? null : tag; // a tag belongs to its address, which names the last message
    this.after = last ?? this.after;
    const isBehind = last !== undefined && last < (messages.lastMessageID ?? 0);
    this.isRead ||= !isBehind;
    this.version++;
    return isBehind;
  }
}
