/** Cellebrite UFED reports: a UFDR (zip with report.xml) or the bare report.xml, also a part of one. */
import { ASSUMED_ZONE } from '../../evidence/assumptions.ts';
import { SourceError } from '../../evidence/findings.ts';
import type { EvidenceSink } from '../../evidence/sink.ts';
import { sentence } from '../../evidence/wording/sentence.ts';
import { looksLikeZip, ZipContainer, type ZipEntry } from '../container/zip.ts';
import { ZIP_CAPS } from '../caps.ts';
import type { Format, ReadOptions, SniffHead, SourceInput, SourceProbe, SourceQuestion } from '../contract.ts';
import { blobChunks } from '../text/decode.ts';
import { detectEncoding } from '../text/encoding.ts';
import { ReportContext } from './context.ts';
import { readReport } from './read-report.ts';
import { surveyReport, type Survey } from './survey.ts';

const REPORT = /(?:^|[\\/])report\.xml$/i;

export const ufedXml: Format = {
  id: 'ufed-xml',
  version: 3,
  label: 'Cellebrite UFED report',
  isContainer: true,
  sniff,
  probe,
  read
};

function sniff(head: SniffHead): number {
  if (head.entries !== undefined) {
    if (!head.entries.some((name) => REPORT.test(name))) return 0;
    return /\.ufdr$/i.test(head.name) ? 0.99 : 0.9;
  }
  if (looksLikeZip(head.bytes)) return 0;
  const text = new TextDecoder(detectEncoding(head.bytes).encoding).decode(head.bytes.subarray(0, 16_384)).replace(/^\ufeff/, '');
  if (!/^\s*</.test(text)) return 0;
  if (text.includes('pa.cellebrite.com/report')) return 0.99;
  if (/^\s*(?:<\?xml[^>]*>\s*)?<model\s[^>]*\btype\s*=/.test(text)) return 0.9;
  if (/<project\s/.test(text) && /extractionType|sourceExtractions|<modelType\s/.test(text)) return 0.8;
  return 0;
}

/** A report in the file: where it is and how to get its bytes, as often as needed. */
interface Report {
  readonly path: string;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

interface Reports {
  readonly reports: readonly Report[];
  readonly zip: ZipContainer | null;
  readonly entry: ZipEntry | null;
}

async function reportsOf(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<Reports> {
  if (input.sizeBytes === 0) throw new SourceError('empty-file', sentence('file-empty', { file: input.name }), input.name);
  const head = new Uint8Array(await input.blob.slice(0, 4).arrayBuffer());
  if (!looksLikeZip(head)) {
    return {
      reports: [
        { path: '', packedBytes: input.sizeBytes, sizeBytes: input.sizeBytes, open: () => blobChunks(input.blob, signal) }
      ],
      zip: null,
      entry: null
    };
  }
  const zip = await ZipContainer.open(input, {
    signal,
    wanted: (name) => REPORT.test(name),
    ...(options.password === undefined ? {} : { password: options.password })
  });
  const entries = zip.entries
    .filter((entry) => !entry.isDirectory && REPORT.test(entry.name))
    .sort((a, b) => a.name.length - b.name.length);
  if (entries.length === 0)
    throw new SourceError('not-recognised', sentence('report-zip-without', { file: input.name }), input.name);
  return {
    reports: entries.map((entry) => ({
      path: entry.name,
      packedBytes: entry.compressedBytes,
      sizeBytes: entry.sizeBytes,
      open: () => zip.read(entry, signal, ZIP_CAPS.textBytes, true)
    })),
    zip,
    entry: entries[0] ?? null
  };
}

async function probe(input: SourceInput, options: ReadOptions, signal: AbortSignal): Promise<SourceProbe> {
  const { reports, zip, entry } = await reportsOf(input, options, signal);
  try {
    if (zip !== null && entry !== null && zip.needsPassword(entry)) {
      return {
        questions: [
          {
            kind: 'password',
            reason: sentence('file-encrypted', { where: sentence('entry-in', { file: input.name, entry: entry.name }) })
          }
        ],
        facts: [sentence('zip-encrypted')]
      };
    }
    const facts = zip === null ? [] : [sentence('report-entries', { entries: zip.entries.length })];
    const questions: SourceQuestion[] = [];
    for (const report of reports) {
      const survey = await surveyReport(report.open(), report.path, options, signal);
      facts.push(...survey.facts);
      ask(survey, options, questions);
    }
    return { questions, facts };
  } finally {
    await zip?.close();
  }
}

function ask(survey: Survey, options: ReadOptions, questions: SourceQuestion[]): void {
  const asked = new Set(questions.map((question) => question.kind));
  // The survey sees the beginning of a report: without a zone, stamps further on would stay undated for want of a question.
  if ((survey.timesWithoutZone > 0 || options.zone === null) && !asked.has('zone')) {
    questions.push({
      kind: 'zone',
      reason:
        survey.timesWithoutZone > 0
          ? sentence('report-ask-zone-some', { times: survey.timesWithoutZone })
          : sentence('report-ask-zone-none'),
      assumed: options.zone ?? ASSUMED_ZONE
    });
  }
  if (survey.order === undefined && survey.openDates.length > 0 && !asked.has('dateOrder')) {
    questions.push({
      kind: 'dateOrder',
      reason: sentence('report-ask-order'),
      options: ['dmy', 'mdy'],
      examples: survey.openDates
    });
  }
  if (!survey.ownerIsKnown && options.owner === null && survey.ownerCandidates.length > 0 && !asked.has('owner')) {
    questions.push({
      kind: 'owner',
      reason: sentence('report-ask-owner'),
      candidates: survey.ownerCandidates
    });
  }
}

async function read(input: SourceInput, options: ReadOptions, sink: EvidenceSink, signal: AbortSignal): Promise<void> {
  const { reports, zip } = await reportsOf(input, options, signal);
  try {
    for (const note of zip?.notes ?? []) sink.note(note);
    let packedBefore = 0;
    for (const report of reports) {
      // Dates like 03/04/2024 are read by the order that others in the same report show, if the officer said none.
      const order = options.dateOrder ?? (await surveyReport(report.open(), report.path, options, signal)).order;
      const context = new ReportContext(sink, report.path, options, order);
      const share = report.sizeBytes > 0 ? report.packedBytes / report.sizeBytes : 1;
      const before = packedBefore;
      await readReport(report.open(), context, { file: input.name, path: report.path }, signal, (bytes) =>
        sink.progress(Math.min(input.sizeBytes, Math.floor(before + bytes * share)))
      );
      packedBefore += report.packedBytes;
    }
    sink.progress(input.sizeBytes);
  } finally {
    await zip?.close();
  }
}
