/**
 * What a line behind the message before it may lie below the line by itself and still be taken (`bonus` in before.ts), as
 * readers and chrF2 would have it:
 *   npx tsx models/train/before.ts models romance-en
 * For each bonus: how many of the pairs of verdicts.ts are taken behind and what readers found of these, and chrF2 of the
 * held-out conversations in two halves. The one chosen stands in the model's facts.json. Run it again after every change of
 * the model: a verdict says nothing of another text, so pairs that came out otherwise have to be read again.
 */
import { readFile } from 'node:fs/promises';
import { chrF } from '../../src/lib/language/agreement.ts';
import { widerIsBetter, type Rendering } from '../../src/lib/language/choose.ts';
import type { TranslatedLine } from '../../src/lib/language/contract.ts';
import { openTranslator, readQualityRules } from '../../src/lib/language/open.ts';
import { asAsked, heldOutConversations } from './held-out.ts';
import { pairVerdicts } from './verdicts.ts';

const BONUSES = [-0.1, -0.05, -0.03, 0, 0.03, 0.05, 0.1, 0.15, Number.POSITIVE_INFINITY];

const [modelsRoot = 'models', id = 'romance-en'] = process.argv.slice(2);
const read = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(`${modelsRoot}/${path}`));
const { manifest, rules } = await readQualityRules(read, id);
const { before: shipped, beam } = manifest.runtime ?? {};
if (shipped === undefined) throw new Error(`${id} reads no message before a line`);
const lines = heldOutConversations(manifest.languages);

async function translated(before: typeof shipped | null): Promise<TranslatedLine[]> {
  const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: id, before: before ?? null });
  const made = await translator.translate(asAsked(lines), { signal: new AbortController().signal });
  await translator.dispose();
  return made;
}

const rendering = ({ text, meanLogProb, flags }: TranslatedLine): Rendering => ({ text: text ?? '', meanLogProb, flags });
const alone = await translated(null);
const behind = await translated({ ...shipped, bonus: Number.POSITIVE_INFINITY });
const verdictOf = pairVerdicts();

console.log('| bonus | lines taken | read | behind better | alone better | same | chrF2, choose | chrF2, report |\n|---|---|---|---|---|---|---|---|');
for (const bonus of BONUSES) {
  const scores = { choose: [] as number[], report: [] as number[] };
  const found = { behind: 0, alone: 0, same: 0 };
  let taken = 0;
  lines.forEach(({ language, source, english, half, before }, i) => {
    const [own, wider] = [alone[i] as TranslatedLine, behind[i] as TranslatedLine];
    const choosing = { source, language, words: rules.words, weight: beam?.unansweredWeight ?? 0, bonus };
    const isTaken = wider.byItself !== undefined && widerIsBetter(rendering(wider), rendering(own), choosing);
    scores[half].push(chrF((isTaken ? wider.text : own.text) ?? source, english));
    if (!isTaken) return;
    taken++;
    const verdict = verdictOf({ before, source, alone: own.text, behind: wider.text });
    if (verdict !== undefined) found[verdict]++;
  });
  const mean = (of: readonly number[]): string => (of.reduce((sum, one) => sum + one, 0) / of.length).toFixed(2);
  const readOf = found.behind + found.alone + found.same;
  console.log(
    `| ${bonus} | ${taken} | ${readOf} | ${found.behind} | ${found.alone} | ${found.same} | ${mean(scores.choose)} | ${mean(scores.report)} |`
  );
}
