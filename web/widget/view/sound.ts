// A short sound, made without a file. A browser plays none before the visitor has touched the page.

const TONES = [660, 880];
const LENGTH = 0.12;
const VOLUME = 0.05;

export function chime(): void {
  if (!navigator.userActivation.hasBeenActive) return;
  const audio = new AudioContext();
  TONES.forEach((frequency, place) => {
    const begin = audio.currentTime + place * LENGTH;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: VOLUME });
    volume.gain.setTargetAtTime(0, begin + LENGTH / 2, LENGTH / 4);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + LENGTH * 2);
    if (place === TONES.length - 1) tone.onended = () => void audio.close();
  });
}
