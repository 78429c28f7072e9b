/**
 * The foreign lines planted in the sample case, for translate-lines.ts to read: language, source, English by a person,
 * conversation, writer, and the message that stands before it in the case that ships (its talk goes on around the planted
 * lines), with its writer; both empty where none is within a day.
 *   npx tsx models/train/sample-lines.ts | npx tsx models/train/translate-lines.ts models romance-en fra,ita,por,ron,spa
 * None of them is in the training text but for the word "combien". Lines of several rows (ledgers, rotas) are left out: they are names and numbers.
 */
import { plantedMessages } from '../../tools/sample/story.ts';
import { messagesOf, type Message } from '../../tools/sample/talk.ts';
import { coreThreads } from '../../tools/sample/threads.ts';

const LANGUAGES: Readonly<Record<string, string>> = { fr: 'fra', it: 'ita', pt: 'por', ro: 'ron', es: 'spa' };
/** Of tools/ensure-sample.ts. */
const [SCALE, SEED] = [6000, 1];
const DAY_MS = 24 * 60 * 60 * 1000;

const before = new Map<string, Message>();
for (const thread of coreThreads(SCALE)) {
  let last: Message | undefined;
  for (const message of messagesOf(thread, SEED)) {
    const { plantedId, atMs, text } = message;
    if (plantedId !== undefined && last !== undefined && atMs - last.atMs <= DAY_MS) before.set(plantedId, last);
    if (text !== '') last = message;
  }
}

for (const { id, language, text, translation, thread, from } of plantedMessages()) {
  const code = LANGUAGES[language];
  if (code === undefined || text.includes('\n')) continue;
  const earlier = before.get(id);
  const told = earlier === undefined ? ['', ''] : [earlier.text.replace(/\s+/gu, ' '), earlier.from.id];
  console.log([code, text, translation, thread, from, ...told].join('\t'));
}
