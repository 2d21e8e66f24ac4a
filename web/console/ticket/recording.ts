import type { Problem } from "../../api/types";
import { api, body } from "../api";
import { sendUntilAnswered } from "../connection";
import { Refusal } from "../refusal";
import { Store } from "../store";
import { loudnessOf } from "./loudness";

export const BARS = 96;

interface Recorded {
  address: string | null;
  loudness: readonly number[];
  /** Seconds. */
  now: number;
  end: number;
  isPlaying: boolean;
  /** Says why it cannot be played. */
  problem: Pick<Problem, "code" | "detail"> | null;
}

const UNKNOWN: Recorded = { address: null, loudness: [], now: 0, end: 0, isPlaying: false, problem: null };
const BROKEN = { code: "BrokenRecording", detail: "" };

/** The recording of a call: where it is, how loud each part of it is, and what is being heard. */
export class Recording extends Store<Recorded> {
  audio: HTMLAudioElement | null = null;
  /** Tells that its address is another one, of which nothing was heard yet. */
  private isRenewed = false;

  constructor(private readonly ticketID: number) {
    super(UNKNOWN);
  }

  async read(signal: AbortSignal): Promise<void> {
    try {
      const address = await this.readAddress();
      if (signal.aborted) return;
      this.change({ address });
      await this.listen(address, signal);
    } catch (problem) {
      if (!signal.aborted) this.fail(problem);
    }
  }

  /** Find how loud it is; it can be played without. */
  private async listen(address: string, signal: AbortSignal): Promise<void> {
    try {
      this.change({ loudness: await loudnessOf(address, BARS, signal) });
    } catch (problem) {
      if (!signal.aborted) console.warn("The recording has no waveform:", problem);
    }
  }

  /** Note how far it has been played. */
  note(): void {
    if (!this.audio) return;
    const { duration, currentTime, paused } = this.audio;
    if (currentTime > this.value.now) this.isRenewed = false;
    const end = Number.isFinite(duration) ? duration : 0;
    this.change({ now: currentTime, end, isPlaying: !paused });
  }

  toggle(): void {
    if (this.audio?.paused) void play(this.audio);
    else this.audio?.pause();
  }

  seek(seconds: number): void {
    if (!this.audio) return;
    this.audio.currentTime = Math.min(Math.max(0, seconds), this.value.end);
    this.change({ now: this.audio.currentTime }); // its events come later than the next key
  }

  /** Addresses last five minutes: go on from another one, unless that is no better. */
  async renew(): Promise<void> {
    const { audio } = this;
    if (audio?.error?.code !== MediaError.MEDIA_ERR_NETWORK || this.isRenewed)
      return this.change({ problem: BROKEN });
    this.isRenewed = true;
    const { currentTime, paused } = audio;
    try {
      audio.src = await this.readAddress();
      audio.currentTime = currentTime;
      if (!paused) await play(audio);
    } catch (problem) {
      this.fail(problem);
    }
  }

  private fail(problem: unknown): void {
    this.change({ problem: problem instanceof Refusal ? problem.problem : BROKEN });
  }

  private async readAddress(): Promise<string> {
    const params = { path: { ticketId: this.ticketID } };
    const headers = { Accept: "application/json" };
    const playable = await sendUntilAnswered(() =>
      body(api.GET("/api/Tickets/{ticketId}/play", { params, headers })),
    );
    return playable.url;
  }

  private change(part: Partial<Recorded>): void {
    this.set({ ...this.value, ...part });
  }
}

/** Play it. That somebody pauses it before it is heard is no fault. */
async function play(audio: HTMLAudioElement): Promise<void> {
  try {
    await audio.play();
  } catch (problem) {
    if (!(problem instanceof DOMException && problem.name === "AbortError")) throw problem;
  }
}
