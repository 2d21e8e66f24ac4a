import type { Problem, Ticket } from "../../api/types";
import { Refusal } from "../refusal";
import { Store } from "../store";
import type { TextKey } from "../text/text";
import { draftOf } from "./draft";
import { contested, reconciled, typedFrom, written, type Field, type Typed } from "./edit";
import type { OpenTicket } from "./open-ticket";

/** A version of a ticket, as it was read. */
interface Version {
  ticket: Ticket;
  etag: string;
}

interface Editing {
  /** The version that is being changed. */
  base: Version;
  typed: Typed;
  /** The version of another who was faster, while what to keep is being chosen. */
  newer: Version | null;
  problem: Problem | null;
  isBusy: boolean;
}

type Kept = Pick<Editing, "base" | "typed">;

/** Return what was typed into a ticket's form and is not saved, with the version that it is of; null where nothing was. */
export function keptEdit(ticketID: number): Kept | null {
  return JSON.parse(draftOf(ticketID, "edit").value || "null") as Kept | null;
}

/** Changes fields of one version of a ticket. What is typed is kept until it is saved or given up. */
export class EditSession extends Store<Editing> {
  private readonly draft;
  readonly isResumed: boolean;

  constructor(private readonly opened: OpenTicket) {
    const kept = keptEdit(opened.ticketID);
    const base = versionOf(opened);
    super({
      base,
      typed: typedFrom(base.ticket),
      newer: null,
      problem: null,
      isBusy: false,
      ...kept,
    });
    this.draft = draftOf(opened.ticketID, "edit");
    this.isResumed = kept !== null;
  }

  write(field: Field, value: string): void {
    this.change({ typed: { ...this.value.typed, [field]: value } });
    const { base, typed } = this.value;
    this.draft.set(JSON.stringify({ base, typed }));
  }

  giveUp(): void {
    this.draft.set("");
  }

  /** Go back from the choice to the form. */
  reconsider(): void {
    this.change({ newer: null });
  }

  /** Save what was chosen of both sides. */
  settle(typed: Typed): Promise<TextKey | null> {
    this.change({ base: this.value.newer!, typed, newer: null });
    return this.save();
  }

  /** Save what was typed; return what to say when that is done, null where it is not. */
  async save(): Promise<TextKey | null> {
    this.change({ isBusy: true, problem: null });
    try {
      return await this.sent();
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.change({ problem: problem.problem });
      return null;
    } finally {
      this.change({ isBusy: false });
    }
  }

  private async sent(): Promise<TextKey | null> {
    const { base, typed } = this.value;
    const patch = written(typed, base.ticket);
    if (Object.keys(patch).length) {
      const saved = await this.opened.save(patch, base.etag).catch(ifItIsOvertaken);
      if (!saved) return this.overtaken();
      if ("customerRepID" in patch && saved.customerRepID !== patch.customerRepID) {
        this.giveUp();
        return "refused.AssignmentKept";
      }
    }
    this.giveUp();
    return "saved";
  }

  /** Let both sides be chosen from where they differ, and save the rest on top of what another saved. */
  private async overtaken(): Promise<TextKey | null> {
    const { base, typed } = this.value;
    await this.opened.readTicket();
    const newer = versionOf(this.opened);
    if (contested(base.ticket, typed, newer.ticket).length) {
      this.change({ newer });
      return null;
    }
    this.change({ base: newer, typed: reconciled(base.ticket, typed, newer.ticket) });
    return this.sent();
  }

  private change(part: Partial<Editing>): void {
    this.set({ ...this.value, ...part });
  }
}

function versionOf({ value: { ticket, etag } }: OpenTicket): Version {
  if (!ticket || !etag) throw new Error("The ticket is not read yet");
  return { ticket, etag };
}

function ifItIsOvertaken(problem: unknown): null {
  if (problem instanceof Refusal && problem.status === 412) return null;
  throw problem;
}
