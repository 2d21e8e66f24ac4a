/** Fetch a recording and return how loud it is in each of `count` equal parts, the loudest being 1. */
export async function loudnessOf(url: string, count: number, signal: AbortSignal): Promise<number[]> {
  const reply = await fetch(url, { signal, referrerPolicy: "no-referrer" });
  if (!reply.ok) throw new Error(`The recording is answered with ${reply.status}`);
  const decoder = new OfflineAudioContext(1, 1, 8000);
  const sound = await decoder.decodeAudioData(await reply.arrayBuffer());
  return levels(sound.getChannelData(0), count);
}

/** Return the root mean square of each part of the samples, relative to the loudest part. */
export function levels(samples: Float32Array, count: number): number[] {
  const size = Math.max(1, Math.floor(samples.length / count));
  const parts = Array.from({ length: count }, (_, index) =>
    rootMeanSquare(samples.subarray(index * size, (index + 1) * size)),
  );
  const loudest = Math.max(...parts, Number.EPSILON);
  return parts.map((level) => level / loudest);
}

function rootMeanSquare(samples: Float32Array): number {
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}
