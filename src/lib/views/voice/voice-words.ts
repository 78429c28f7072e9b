/** Words for what happens to voice notes: why a file was left out, why a sound was not heard, time codes. */
import { ownTable } from '$lib/evidence/own-table.ts';
import type { VoiceFailure } from '$lib/jobs/transcription.ts';
import type { VoiceMismatch } from '$lib/pipeline/voice-contract.ts';
import { m } from '$lib/paraglide/messages.js';

const MISMATCHES: Readonly<Record<VoiceMismatch, () => string>> = {
  'not-listed': m.voice_not_listed,
  'size-differs': m.voice_size_differs,
  'size-unstated': m.voice_size_unstated,
  'hash-differs': m.voice_hash_differs,
  ambiguous: m.voice_ambiguous,
  'not-imported': m.voice_not_imported,
  'not-in-container': m.voice_not_in_container,
  unreadable: m.voice_unreadable,
  'too-large': m.voice_too_large
};

const SOUNDS: Readonly<Record<string, (values: { detail: string }) => string>> = ownTable({
  empty: () => m.voice_sound_empty(),
  'not-audio': () => m.voice_sound_not_audio(),
  'no-track': () => m.voice_sound_no_track(),
  codec: m.voice_sound_codec,
  cut: () => m.voice_sound_cut(),
  damaged: m.voice_sound_damaged
});

export const mismatchWords = (reason: VoiceMismatch): string => MISMATCHES[reason]();

export function failureWords({ why }: Pick<VoiceFailure, 'why'>): string {
  if (why.of === 'file') return mismatchWords(why.code);
  if (why.of === 'sound') return soundWords(why);
  return m.voice_model_failed({ code: why.code, detail: why.detail });
}

export function soundWords({ code, detail }: { readonly code: string; readonly detail: string }): string {
  const shown = detail === '' ? m.voice_sound_unnamed() : detail;
  return SOUNDS[code]?.({ detail: shown }) ?? `${code} ${detail}`;
}

/** '1:05' or '1:02:09' for a place in a recording. */
export function timeCode(ms: number): string {
  const whole_s = Math.floor(ms / 1000);
  const [h, min, s] = [Math.floor(whole_s / 3600), Math.floor(whole_s / 60) % 60, whole_s % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(min)}:${two(s)}` : `${min}:${two(s)}`;
}
