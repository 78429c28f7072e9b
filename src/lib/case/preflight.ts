/** Short measurements of this device, in the order in which an import uses what is measured. */
import { startTranslateWorker } from '../jobs/translate.ts';

export interface PreflightFigure {
  readonly id: 'hash' | 'encrypt' | 'translate';
  /** MB/s for hash and encrypt, lines/s for translate. */
  readonly value: number;
}

const BYTES = 64e6;

/** Everyday lines of our own, none from a case; each differs, so that the translation memory cannot answer. */
const LINES: readonly string[] = [
  'Ne vedem mâine la opt lângă gară.',
  'A plătit deja pentru luna asta?',
  'Spune-i să aducă pâine și lapte.',
  'Autobuzul întârzie iar din cauza ploii.',
  '¿A qué hora sales del trabajo hoy?',
  'Mi hermana llega el sábado por la mañana.',
  'No encuentro las llaves de la casa.',
  'Compra arroz y un poco de aceite.',
  'O jogo começa às nove da noite.',
  'Amanhã tenho de acordar muito cedo.',
  'A minha mãe fez sopa de legumes.',
  'Vou deixar o carro perto da escola.',
  'On se retrouve devant la boulangerie.',
  'Le train de midi est encore en retard.',
  'Tu peux garder les enfants ce soir ?',
  "J'ai oublié mon parapluie au bureau.",
  'Ci vediamo domani davanti al mercato.',
  'La lavatrice fa di nuovo rumore.',
  'Ho comprato due biglietti per la partita.',
  'Mio padre arriva con il treno delle sei.'
];

/** Gives each figure as soon as it is measured. Rejects where translation cannot run here; earlier figures stand. */
export async function* preflight(): AsyncGenerator<PreflightFigure> {
  const bytes = new Uint8Array(BYTES);
  for (let at = 0; at < BYTES; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));

  let from = performance.now();
  await crypto.subtle.digest('SHA-256', bytes);
  yield { id: 'hash', value: megabytesPerSecond(from) };

  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  from = performance.now();
  await crypto.subtle.encrypt({ name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) }, key, bytes);
  yield { id: 'encrypt', value: megabytesPerSecond(from) };

  const worker = await startTranslateWorker();
  try {
    // The first run pays for loading and compiling, which an import pays once.
    await worker.translate([{ id: 0, text: 'Bonjour à tous.' }]);
    from = performance.now();
    await worker.translate(LINES.map((text, id) => ({ id, text })));
    yield { id: 'translate', value: LINES.length / ((performance.now() - from) / 1000) };
  } finally {
    worker.end();
  }
}

function megabytesPerSecond(from: number): number {
  return BYTES / 1e6 / ((performance.now() - from) / 1000);
}
