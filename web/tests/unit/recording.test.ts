import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { answered } from "./page";
import { Recording } from "../../console/ticket/recording";

Object.assign(globalThis, { MediaError: { MEDIA_ERR_NETWORK: 2 } });
afterEach(() => mock.restoreAll());

/** Answer with the recording's address; the recording itself is not there. */
function addressed(): Request[] {
  return answered(({ url }) =>
    url.endsWith("/play")
      ? Response.json({ url: "https://recordings.example/1" })
      : new Response(null, { status: 503 }),
  );
}

/** Return a recording whose address no longer works, and how often it was started since. */
function cutOff(paused: boolean) {
  const play = mock.fn(() => Promise.resolve());
  const audio = { error: { code: 2 }, currentTime: 3, duration: 9, paused, src: "", play };
  const recording = new Recording(1);
  recording.audio = audio as unknown as HTMLAudioElement;
  recording.note();
  return { recording, audio, play };
}

test("a recording without a waveform can be played", async () => {
  addressed();
  const warned = mock.method(console, "warn", () => {});
  const recording = new Recording(1);
  await recording.read(new AbortController().signal);
  assert.equal(recording.value.address, "https://recordings.example/1");
  assert.equal(recording.value.problem, null);
  assert.equal(warned.mock.callCount(), 1);
});

for (const paused of [true, false])
  test(`a recording that is ${paused ? "paused stays so" : "played goes on"} at another address`, async () => {
    addressed();
    const { recording, audio, play } = cutOff(paused);
    await recording.renew();
    assert.equal(audio.src, "https://recordings.example/1");
    assert.equal(play.mock.callCount(), paused ? 0 : 1);
  });

test("a place that is sought counts at once: the next key may come before it is heard", () => {
  const { recording, audio } = cutOff(true);
  recording.seek(recording.value.now + 2);
  recording.seek(recording.value.now + 2);
  assert.equal(audio.currentTime, 7);
  assert.equal(recording.value.now, 7);
});

test("a recording that is paused while it goes on at another address is not broken", async () => {
  addressed();
  const { recording, play } = cutOff(false);
  play.mock.mockImplementation(() => Promise.reject(new DOMException("It was paused.", "AbortError")));
  await recording.renew();
  assert.equal(play.mock.callCount(), 1);
  assert.equal(recording.value.problem, null);
});

test("an address is not renewed again before anything was heard", async () => {
  const requests = addressed();
  const { recording, audio } = cutOff(false);
  await recording.renew();
  await recording.renew();
  assert.equal(requests.length, 1);
  assert.equal(recording.value.problem?.code, "BrokenRecording");
  audio.currentTime = 4;
  recording.note();
  await recording.renew();
  assert.equal(requests.length, 2);
});
