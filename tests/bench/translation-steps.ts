/**
 * What each step of the way to a line's English is worth: the held-out chat lines, mean chrF2 a line, one step added at a
 * time; and how many of their names each loses.
 */
import { chosenOutput } from '../../src/lib/language/choose.ts';
import { chrF } from '../../src/lib/language/agreement.ts';
import { loadTransformersEngine } from '../../src/lib/language/engine-transformers.ts';
import { namesLost } from '../../src/lib/language/names.ts';
import type { TranslatedLine } from '../../src/lib/language/contract.ts';
import { openTranslator, readQualityRules } from '../../src/lib/language/open.ts';
import {
  asAsked,
  heldOutConversations,
  heldOutLines,
  heldOutMessages,
  type ConversationLine
} from '../../models/train/held-out.ts';
import { pairVerdicts } from '../../models/train/verdicts.ts';
import type { Figure } from './figure.ts';

interface Steps {
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly modelsRoot: string;
  readonly model: string;
}

export async function stepFigures({ read, modelsRoot, model }: Steps): Promise<Figure[]> {
  const never = new AbortController().signal;
  const { manifest, rules } = await readQualityRules(read, model);
  const lines = heldOutLines(manifest.languages).filter(({ kind }) => kind === 'chat');
  const sources = lines.map(({ source }) => source);
  const figure = (step: string, words: string, texts: readonly string[]): Figure => {
    const sum = texts.reduce((all, text, i) => all + chrF(text, lines[i]?.english ?? ''), 0);
    return { id: `translation.steps.${step}`, value: sum / lines.length, unit: `chrF2 a line, ${words}` };
  };
  const greedy = await loadTransformersEngine({ modelsRoot, manifest, threads: 1, beam: null });
  const greedily = await greedy.translate(sources, never);
  await greedy.dispose();
  const engine = await loadTransformersEngine({ modelsRoot, manifest, threads: 1 });
  const outputs = await engine.translate(sources, never);
  await engine.dispose();
  const weight = engine.unansweredWeight ?? 0;
  const chosen = outputs.map((output, i) =>
    chosenOutput(output, { source: sources[i] ?? '', language: lines[i]?.language ?? '', words: rules.words, weight })
  );
  const translated = async (shape: { readonly examples?: null }): Promise<TranslatedLine[]> => {
    const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: model, ...shape });
    const made = await translator.translate(
      sources.map((text, id) => ({ id, text })),
      { signal: never }
    );
    await translator.dispose();
    return made;
  };
  const whole = await translated({});
  const texts = (of: readonly { readonly text: string | null }[]): string[] => of.map(({ text }, i) => text ?? sources[i] ?? '');
  const lost = (all: readonly string[]): number =>
    lines.reduce((sum, { source, language }, i) => sum + namesLost(source, all[i] ?? '', language, rules.names).length, 0);
  const names = (step: string, words: string, all: readonly string[]): Figure => ({
    id: `translation.names.lost.${step}`,
    value: lost(all),
    unit: `of ${lost([])} names in those lines, ${words}`
  });
  return [
    figure('greedy', `${lines.length} held-out chat lines, the likeliest token at every step`, texts(greedily)),
    figure('beam', `beam of ${manifest.runtime?.beam?.width ?? 1}`, texts(outputs)),
    figure('chosen', "the output with the source's words", texts(chosen)),
    figure('product', 'identified, split, masked, phrase book, hints, examples, lost names asked for again', texts(whole)),
    figure('no-examples', 'the same without examples', texts(await translated({ examples: null }))),
    names('beam', 'beam alone', texts(outputs)),
    names('chosen', "the output with the source's words", texts(chosen)),
    names('product', 'lost ones asked for again', texts(whole)),
    ...(await passageFigures({ read, modelsRoot, model })),
    ...(await conversationFigures({ read, modelsRoot, model }))
  ];
}

/** Messages of several sentences: one by one, together where they fit, and whichever looks better (see passages.ts). */
async function passageFigures({ read, modelsRoot, model }: Steps): Promise<Figure[]> {
  const { manifest } = await readQualityRules(read, model);
  const shipped = manifest.runtime?.passages;
  if (shipped === undefined) return [];
  const messages = heldOutMessages(manifest.languages);
  const { longest } = shipped;
  const ways = [
    ['apart', null, 'sentence by sentence'],
    ['together', { longest, bonus: Number.POSITIVE_INFINITY }, `together where they fit into ${longest} characters`],
    ['passages', shipped, 'whichever of the two looks better, as in the product'],
    ['no-examples', shipped, 'the same without examples', null]
  ] as const;
  const figures: Figure[] = [];
  for (const [id, passages, words, examples] of ways) {
    const shape = examples === undefined ? {} : { examples };
    const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: model, passages, ...shape });
    const made = await translator.translate(
      messages.map(({ source }, i) => ({ id: i, text: source })),
      { signal: new AbortController().signal }
    );
    await translator.dispose();
    for (const half of ['choose', 'report'] as const) {
      const of = messages.flatMap((message, i) =>
        message.half === half ? [chrF(made[i]?.text ?? message.source, message.english)] : []
      );
      const unit = `chrF2 a message, ${of.length} held-out messages of several sentences, ${words}`;
      const value = of.reduce((sum, one) => sum + one, 0) / of.length;
      figures.push({ id: `translation.messages.${id}${half === 'choose' ? '.choose' : ''}`, value, unit });
    }
  }
  return figures;
}

/** Lines of conversations: each by itself, behind the message before where it can be, and whichever looks better (before.ts). */
async function conversationFigures({ read, modelsRoot, model }: Steps): Promise<Figure[]> {
  const { manifest } = await readQualityRules(read, model);
  const shipped = manifest.runtime?.before;
  if (shipped === undefined) return [];
  const lines = heldOutConversations(manifest.languages);
  const ways = [
    ['alone', null, 'each by itself'],
    ['behind', { ...shipped, bonus: Number.POSITIVE_INFINITY }, 'behind the message before where it can be'],
    ['product', shipped, 'whichever of the two looks better, as in the product']
  ] as const;
  const figures: Figure[] = [];
  const texts = new Map<string, (string | null)[]>();
  for (const [id, before, words] of ways) {
    const translator = await openTranslator({ read, modelsRoot, threads: 1, translationModel: model, before });
    const made = await translator.translate(asAsked(lines), { signal: new AbortController().signal });
    await translator.dispose();
    texts.set(
      id,
      made.map(({ text }) => text)
    );
    const changed = made.filter(({ byItself }) => byItself !== undefined).length;
    for (const half of ['choose', 'report'] as const) {
      const of = lines.flatMap((line, i) => (line.half === half ? [chrF(made[i]?.text ?? line.source, line.english)] : []));
      const unit = `chrF2 a line, ${of.length} lines of held-out conversations, ${words}${id === 'alone' ? '' : ` (${changed} of all ${lines.length} changed)`}`;
      const value = of.reduce((sum, one) => sum + one, 0) / of.length;
      figures.push({ id: `translation.conversations.${id}${half === 'choose' ? '.choose' : ''}`, value, unit });
    }
  }
  return [...figures, readersOf(lines, texts.get('alone') ?? [], texts.get('product') ?? [])];
}

/** What readers found of the lines that the product takes behind the message before. */
function readersOf(
  lines: readonly ConversationLine[],
  alone: readonly (string | null)[],
  product: readonly (string | null)[]
): Figure {
  const verdictOf = pairVerdicts();
  const found = { behind: 0, alone: 0, same: 0 };
  lines.forEach(({ before, source }, i) => {
    const verdict = verdictOf({ before, source, alone: alone[i] ?? null, behind: product[i] ?? null });
    if (verdict !== undefined) found[verdict]++;
  });
  const all = found.behind + found.alone + found.same;
  return {
    id: 'translation.conversations.readers',
    value: found.behind,
    unit: `of ${all} lines taken behind the message before that were read are better in meaning, ${found.alone} worse, ${found.same} the same`
  };
}
