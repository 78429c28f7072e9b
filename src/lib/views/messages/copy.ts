/**
 * Text for the clipboard. Machine text leaves only together with its original and its caveat, whichever way it is
 * copied: as rows of the table, or as a stretch of the page.
 */
import type { MessageRow } from '$lib/pipeline/contract.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Clock } from '../filter/clock.ts';
import { otherReadings } from './other-readings.ts';
import { soundWords, timeCode } from '../voice/voice-words.ts';
import { basisWords, flagWords, languageName, modelWords, serviceName, stateWords } from '../filter/words.ts';

/** What a machine line must carry wherever it goes. */
export function caveat(row: Pick<MessageRow, 'translation' | 'modelId' | 'flags'>): string {
  if (row.translation === null) return '';
  const doubts = flagWords(row.flags);
  const model = modelWords(row.modelId);
  return doubts.length === 0 ? m.messages_caveat({ model }) : m.messages_caveat_doubts({ model, doubts: doubts.join(', ') });
}

/** The same with its other readings: for copies, where the machine's text and the original stand beside it. */
function caveatWithReadings(row: Pick<MessageRow, 'translation' | 'modelId' | 'flags' | 'otherReading' | 'byItself'>): string {
  const said = caveat(row);
  return said === '' ? said : [said, ...otherReadings(row).map(({ label, text }) => `${label} ${text}`)].join('. ');
}

/** What a certified line must carry: whose it is, of when, and which request it answers. */
function certifiedCaveat({ certified }: Pick<MessageRow, 'certified'>): string {
  if (certified === null) return '';
  const { translator, qualification, translatedOn, request, line } = certified;
  const name = qualification === '' ? translator : `${translator} (${qualification})`;
  return m.messages_certified_caveat({ name, date: translatedOn, reference: `T${request}-${String(line).padStart(4, '0')}` });
}

/** Tab-separated rows with a header line, as spreadsheets paste them. */
export function tsv(rows: readonly MessageRow[], clock: Clock): string {
  const head = [
    m.messages_copy_id(),
    m.messages_copy_time({ zone: clock.zone }),
    m.messages_copy_time_raw(),
    m.messages_copy_basis(),
    m.messages_column_app(),
    m.messages_column_conversation(),
    m.messages_column_from(),
    m.messages_column_to(),
    m.messages_column_original(),
    m.messages_column_language(),
    m.messages_column_machine(),
    m.messages_copy_caveat(),
    m.messages_certified_section(),
    m.messages_copy_certified_by(),
    m.voice_copy_column(),
    m.messages_column_state()
  ];
  const lines = rows.map((row) => [
    String(row.id),
    row.utcMs === null ? '' : clock.iso(row.utcMs),
    row.timeRaw,
    basisWords(row.timeBasis),
    serviceName(row.service),
    row.threadName,
    row.fromLabel,
    row.toLabel,
    row.body,
    languageName(row.language),
    row.translation ?? '',
    caveatWithReadings(row),
    row.certified?.text ?? '',
    certifiedCaveat(row),
    row.transcripts.flatMap(heardLines).join('\n'),
    stateWords(row.state).join(', ')
  ]);
  return [head, ...lines].map((cells) => cells.map(tsvCell).join('\t')).join('\r\n');
}

/**
 * One cell: quoted where it holds a separator, and guarded where a spreadsheet would take it for a formula.
 * The guard is the apostrophe that spreadsheets show as "text".
 */
export function tsvCell(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[\t\r\n"]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The same as plain paragraphs, for text that was marked with the mouse. */
export function paragraphs(rows: readonly MessageRow[], clock: Clock): string {
  return rows
    .map((row) => {
      const lines = [`${row.utcMs === null ? row.timeRaw : clock.exact(row.utcMs)}  ${row.fromLabel}`, row.body];
      if (row.certified !== null) lines.push(`[${certifiedCaveat(row)}]`, row.certified.text);
      else if (row.translation !== null) lines.push(`[${caveatWithReadings(row)}]`, row.translation);
      for (const transcript of row.transcripts) lines.push(...heardLines(transcript));
      return lines.join('\n');
    })
    .join('\n\n');
}

/**
 * A transcript with its original and its caveat first: the recording by name, hash and length. Every line has its time
 * code, English stands under it.
 */
function heardLines(transcript: MessageRow['transcripts'][number]): string[] {
  const { name, audioSha256Hex, duration_ms, model, lines, fault } = transcript;
  const translators = [...new Set(lines.flatMap(({ english }) => (english === null ? [] : [modelWords(english.modelId)])))].join(
    ', '
  );
  const by = translators === '' ? m.voice_by({ model: model.id }) : m.voice_by_both({ model: model.id, translator: translators });
  const texts = lines.flatMap(({ from_ms, text, flags, english }) => {
    const doubts = flagWords(flags);
    const said = `${timeCode(from_ms)}  ${text}${doubts.length === 0 ? '' : ` (${doubts.join(', ')})`}`;
    if (english === null) return [said];
    const more = flagWords(english.flags);
    const other = english.otherReading === null ? [] : [`${m.messages_other_reading()} ${english.otherReading}`];
    const doubted = [...more, ...other].join(', ');
    return [said, `  [${m.messages_machine_text()}] ${english.text}${doubted === '' ? '' : ` (${doubted})`}`];
  });
  const length = timeCode(duration_ms);
  const early = fault === null ? [] : [m.voice_ends_early({ at: length, why: soundWords(fault) })];
  return [`[${m.voice_transcript_of({ name, hash: audioSha256Hex, length })}. ${by}]`, ...texts, ...early];
}

const shown = new WeakMap<Element, () => MessageRow>();

/** Attachment for an element that shows a message with its machine text. The mark inside is `data-machine`. */
export function showsRow(row: () => MessageRow): (element: Element) => void {
  return (element) => {
    shown.set(element, row);
  };
}

/** Copy handler for views: a marked stretch with machine text in it is replaced by whole messages. */
export function guardCopy(event: ClipboardEvent, clock: Clock): void {
  const selection = window.getSelection();
  if (event.defaultPrevented || selection === null || selection.isCollapsed || event.clipboardData === null) return;
  const root = event.currentTarget as Element;
  const touched = [...root.querySelectorAll('[data-pair]')].filter((element) => selection.containsNode(element, true));
  const hasMachine = touched.some((element) =>
    [...element.querySelectorAll('[data-machine], [data-certified]')].some((machine) => selection.containsNode(machine, true))
  );
  if (!hasMachine) return;
  const rows = touched.flatMap((element) => shown.get(element)?.() ?? []);
  // A message with a transcript stands in two elements, its words and what was heard: it is one message all the same.
  const texts = new Set(rows.map((row) => paragraphs([row], clock)));
  event.clipboardData.setData('text/plain', [...texts].join('\n\n'));
  event.preventDefault();
}
