/** What is said of a text that is not UTF-8. */
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { ASSUMED_PAGE, type CodePage } from './code-page.ts';

/** @param from whether all of it from there on is read by the page, or those lines alone that are no UTF-8 */
export function notUtf8Sentence(file: string, offset: number, page: CodePage, from: 'there' | 'lines' = 'there'): Sentence {
  if (page !== ASSUMED_PAGE) return sentence('text-in-page', { file, offset, page });
  return from === 'lines' ? sentence('chat-not-utf8', { chat: file, offset }) : sentence('table-not-utf8', { file, offset });
}
