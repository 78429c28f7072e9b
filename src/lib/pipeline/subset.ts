/**
 * Some messages of a case as the blocks of a case of their own, for another officer: with what machines and translators
 * made of them, and with the tags on them. Decisions about persons, attributions (they rest on sources outside of these
 * messages), searches, glossary and the audit log stay where they are.
 */
import { blocksSince, emptyMark } from '../evidence/blocks.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { subsetOf } from '../evidence/subset.ts';
import { packEvent, type CertifiedEvent, type CertifiedLog } from '../records/certified-log.ts';
import { packOrigin, type SubsetOrigin } from '../records/origin.ts';
import { packTagChange, TagLog, type TagChange } from '../records/tag-log.ts';
import type { TextSources } from './rows.ts';
import { Transcripts } from './transcripts.ts';
import { Translations } from './translations.ts';

export type NumberOf = ReadonlyMap<number, number>;

/** Blocks in the order in which a case reads them, the statement of the subset first. */
export function* subsetBlocks(
  whole: EvidenceStore,
  { translations, certified, transcripts }: TextSources,
  tags: TagLog,
  messages: Iterable<number>,
  origin: SubsetOrigin
): Generator<{ readonly kind: string; readonly bytes: Uint8Array }> {
  const { store, numberOf } = subsetOf(whole, messages);
  yield { kind: 'origin', bytes: packOrigin(origin) };
  yield* blocksSince(store, emptyMark());
  const lines = translationsOf(translations, numberOf);
  if (lines.length > 0) yield { kind: 'translations', bytes: lines.pack(0) };
  for (const event of certifiedOf(certified, numberOf)) yield { kind: 'certified', bytes: packEvent(event) };
  const heard = transcriptsOf(transcripts, numberOf);
  if (heard.length > 0) yield { kind: 'transcripts', bytes: heard.pack(0) };
  for (const change of tagsOf(tags, numberOf)) yield { kind: 'tags', bytes: packTagChange(change) };
}

/** Every version of each line, oldest first, so that the same one is shown. */
function translationsOf(all: Translations, numberOf: NumberOf): Translations {
  const lines = new Translations();
  lines.extend(numberOf.size);
  for (const [old, messageId] of numberOf) {
    const language = all.languageOf(old);
    for (const { text, flags, otherReading, byItself, meanLogProb, model, madeAtMs } of all.versionsOf(old).toReversed()) {
      const beside = { ...(otherReading === null ? {} : { otherReading }), ...(byItself === null ? {} : { byItself }) };
      lines.put([{ messageId, language, text, flags, ...beside, meanLogProb, model }], madeAtMs);
    }
  }
  return lines;
}

/** Requests and intakes with the lines of these messages alone, numbered anew. */
function* certifiedOf(log: CertifiedLog, numberOf: NumberOf): Generator<CertifiedEvent> {
  const placesIn = new Map<number, Map<number, number>>();
  for (const request of log.requests) {
    const places = new Map<number, number>();
    const lines = request.lines.flatMap((line, i) => {
      const messageId = numberOf.get(line.messageId);
      if (messageId === undefined) return [];
      places.set(i + 1, places.size + 1);
      return [{ ...line, messageId }];
    });
    placesIn.set(request.number, places);
    if (lines.length > 0) yield { ...request, lines };
  }
  for (const intake of log.intakes) {
    const lines = intake.lines.flatMap((line) => {
      const messageId = numberOf.get(line.messageId);
      return messageId === undefined
        ? []
        : [{ ...line, messageId, line: placesIn.get(line.request)?.get(line.line) ?? line.line }];
    });
    if (lines.length === 0) continue;
    // What was refused may be about any line of the case.
    yield { ...intake, lines, refused: [] };
    const withdrawal = log.withdrawalOf(intake.number);
    if (withdrawal !== null) yield withdrawal;
  }
}

function transcriptsOf(all: Transcripts, numberOf: NumberOf): Transcripts {
  const heard = new Transcripts();
  for (const [old, messageId] of numberOf) {
    for (const { id: _, english, madeAtMs, ...input } of all.of(old)) {
      const transcript = heard.put({ ...input, messageId }, madeAtMs);
      for (const version of english) heard.putEnglish({ transcript, lines: version.lines }, version.madeAtMs);
    }
  }
  return heard;
}

/** The tags that these messages have, each as one making and, by who put it on, one tagging: how they came to it stays where it was. */
function tagsOf(log: TagLog, numberOf: NumberOf): readonly TagChange[] {
  const part = new TagLog();
  for (const { id, name } of log.tags()) {
    const steps = log.steps(id).flatMap(({ who, atMs, messages }) => {
      const own = [...messages].flatMap((old) => numberOf.get(old) ?? []);
      return own.length === 0 ? [] : [{ who, atMs, own }];
    });
    const [first] = steps;
    if (first === undefined) continue;
    const made = part.make(name, first.who, first.atMs);
    if (!made.ok) throw new Error(`The tag ${name} cannot be made anew: ${made.fault}`);
    for (const { who, atMs, own } of steps) part.put(made.change.tag, own, who, atMs);
  }
  return part.changes;
}
