/**
 * The foreign lines planted in the sample case, for translate-lines.ts to read: language, source, English by a person,
 * conversation, writer.
 *   npx tsx models/train/sample-lines.ts | npx tsx models/train/translate-lines.ts models romance-en fra,ita,por,ron,spa
 * None of them is in the training text but for the word "combien". Lines of several rows (ledgers, rotas) are left out: they are names and numbers.
 */
import { plantedMessages } from '../../tools/sample/story.ts';

const LANGUAGES: Readonly<Record<string, string>> = { fr: 'fra', it: 'ita', pt: 'por', ro: 'ron', es: 'spa' };

for (const { language, text, translation, thread, from } of plantedMessages()) {
  const code = LANGUAGES[language];
  if (code !== undefined && !text.includes('\n')) console.log([code, text, translation, thread, from].join('\t'));
}
