/** First pass over a chat: its layout, the order of its dates, who writes in it, and whether it is a group. */
import { sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { DateOrderTally, type DateOrderDecision } from '../time/date-order.ts';
import type { LineBatch } from '../text/lines.ts';
import { layoutInWords, readHeader, type ChatHeader } from './header.ts';
import { readMarks } from './marks.ts';
import { SenderTally, cleanName, type Senders } from './senders.ts';
import { systemLineOf } from './system-lines.ts';

export interface ChatScan {
  /** Lines with this signature begin a message; all others are text of the message before. */
  readonly signature: string;
  readonly first: ChatHeader;
  readonly headers: number;
  readonly lines: number;
  /** Lines that look like headers in another layout (pasted from another chat). */
  readonly foreignHeaders: number;
  readonly dateOrder: DateOrderDecision;
  readonly senders: Senders;
  /** Last name that the group was given in the chat itself; null where no line says one. */
  readonly groupName: string | null;
  /** System lines that only groups have. */
  readonly hasGroupLines: boolean;
  /** Names behind "You deleted this message": the phone's own user. */
  readonly exporterNames: readonly string[];
}

/** Layouts followed at once: one export has one, so the rest come from pasted text. */
const LAYOUTS_CAP = 32;
const WHATSAPP_BEGAN = 2009;
const SYSTEM_LINES_LOOKED_AT = 20_000;

class LayoutTally {
  readonly first: ChatHeader;
  readonly dates = new DateOrderTally({ earliestYear: WHATSAPP_BEGAN, sequence: 'ascending' });
  readonly senders = new SenderTally();
  readonly exporterNames = new Set<string>();
  groupName: string | null = null;
  hasGroupLines = false;
  headers = 0;
  #looked = 0;

  constructor(first: ChatHeader) {
    this.first = first;
  }

  add(header: ChatHeader): void {
    this.headers++;
    this.dates.add(header, header.stampRaw);
    this.senders.add(header.rest);
    const colon = header.rest.indexOf(': ');
    const body = colon < 0 ? header.rest : header.rest.slice(colon + 2);
    if (colon > 0 && body.length < 80 && readMarks(body, false).byExporter)
      this.exporterNames.add(cleanName(header.rest.slice(0, colon)));
    // Without a name in front, marked by the app behind one, or with the colon inside a quoted name.
    const own = colon < 0 || body.startsWith('\u200e') ? body : /["“«„]/.test(header.rest.slice(0, colon)) ? header.rest : null;
    if (own === null || this.#looked >= SYSTEM_LINES_LOOKED_AT) return;
    this.#looked++;
    const line = systemLineOf(own);
    if (line?.kind !== 'group') return;
    this.hasGroupLines = true;
    if (line.groupName !== undefined) this.groupName = line.groupName;
  }
}

export class ChatScanner {
  readonly #tallies = new Map<string, LayoutTally>();
  #lines = 0;
  #headers = 0;

  add(batch: LineBatch): void {
    for (const text of batch.texts) this.addLine(text);
  }

  addLine(text: string): void {
    this.#lines++;
    const header = readHeader(text);
    if (header === null) return;
    this.#headers++;
    let tally = this.#tallies.get(header.signature);
    if (tally === undefined) {
      if (this.#tallies.size >= LAYOUTS_CAP) return;
      this.#tallies.set(header.signature, (tally = new LayoutTally(header)));
    }
    tally.add(header);
  }

  /** Null where no line begins a message. */
  finish(): ChatScan | null {
    let best: LayoutTally | null = null;
    for (const tally of this.#tallies.values()) if (best === null || tally.headers > best.headers) best = tally;
    const dateOrder = best?.dates.decide() ?? null;
    if (best === null || dateOrder === null) return null;
    return {
      signature: best.first.signature,
      first: best.first,
      headers: best.headers,
      lines: this.#lines,
      foreignHeaders: this.#headers - best.headers,
      dateOrder,
      senders: best.senders.finish(),
      groupName: best.groupName,
      hasGroupLines: best.hasGroupLines,
      exporterNames: [...best.exporterNames]
    };
  }
}

/** Facts of a scanned chat for the preview. */
export function factsOf(scan: ChatScan): Sentence[] {
  return [
    layoutInWords(scan.first, scan.dateOrder.order),
    sentence('chat-lines', { lines: scan.headers, senders: scan.senders.lines.size })
  ];
}
