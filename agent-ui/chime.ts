import type { Tune } from './components/console-app.ts';

/** Frequencies in Hz: a rising fifth, twice, for a request; one soft note for a message. */
const tunes: Record<Tune, readonly number[]> = { request: [659, 988, 659, 988], message: [784] };
const noteSeconds = 0.16;
const loudness = 0.12;

/** Two made-up sounds, so that no file is fetched. Silent until `allow` was called while a button was being pressed. */
export function createChime() {
  let context: AudioContext | null = null;

  function note(audio: AudioContext, frequency: number, at: number) {
    const [tone, gain] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = frequency;
    // Ramps, since a tone that begins or stops at once is heard as a click.
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loudness, at + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + noteSeconds * 2);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + noteSeconds * 2);
  }

  return {
    allow() {
      context ??= new AudioContext();
      void context.resume();
    },
    play(tune: Tune) {
      const audio = context;
      if (audio?.state !== 'running') return;
      for (const [index, frequency] of tunes[tune].entries()) {
        note(audio, frequency, audio.currentTime + index * noteSeconds);
      }
    },
  };
}
