import type { Change } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Store } from "../store";

const PAGE_SIZE = 20;

/** Changes of a ticket, the newest first, without a gap from the first to the last. */
interface KnownChanges {
  items: readonly Change[];
  /** Leads to those before the last; null where there are none. */
  nextCursor: string | null;
}

/** The changes of one ticket that were read so far; null before any were. */
export class ChangeLog extends Store<KnownChanges | null> {
  constructor(private readonly ticketID: number) {
    super(null);
  }

  /** Read the newest changes, as far back as the last one known; of a ticket that is new here the first page. */
  async readNewer(signal: AbortSignal): Promise<void> {
    const last = this.value?.items[0]?.version ?? Infinity;
    let newer = await this.readPage(null, signal);
    while (newer.nextCursor && newer.items.at(-1)!.version > last)
      newer = after(newer, await this.readPage(newer.nextCursor, signal));
    this.set(this.value?.items.length ? after(newer, this.value) : newer);
  }

  /** Read a page of changes before those known. */
  async readOlder(): Promise<void> {
    const cursor = this.value?.nextCursor ?? null;
    const older = await sendUntilAnswered(() => this.readPage(cursor));
    if (this.value?.nextCursor === cursor) this.set(after(this.value, older)); // unless it was read twice
  }

  private readPage(cursor: string | null, signal: AbortSignal | null = null): Promise<KnownChanges> {
    const query = { pageSize: PAGE_SIZE, ...(cursor !== null && { cursor }) };
    const params = { path: { id: this.ticketID }, query };
    return body(api.GET("/api/Tickets/{id}/changes", { params, signal }));
  }
}

/** Return changes followed by older ones, each once. */
function after(newer: KnownChanges, { items, nextCursor }: KnownChanges): KnownChanges {
  const last = newer.items.at(-1)?.version ?? Infinity;
  return { items: [...newer.items, ...items.filter(({ version }) => version < last)], nextCursor };
}
