/** Drives the tokenizer over the bytes of one report.xml. */
import { SourceError } from '../../evidence/findings.ts';
import { utf8Chunks } from '../xml/utf8-source.ts';
import { XmlFault } from '../xml/events.ts';
import type { ReportContext } from './context.ts';
import { ReportHandler } from './report-handler.ts';

const WORDS: Readonly<Record<XmlFault['kind'], string>> = {
  damaged: 'is damaged',
  cut: 'is cut short',
  dtd: 'was refused',
  depth: 'was refused',
  big: 'was refused'
};

/** Where a report lies: its file, and its path inside of a zip. */
export interface ReportPlace {
  readonly file: string;
  readonly path: string;
}

function wherein(place: ReportPlace): string {
  return place.path === '' ? place.file : `${place.file}: '${place.path}'`;
}

/** An XML fault as the one sentence that stops the file. */
function faultToError(fault: XmlFault, place: ReportPlace): SourceError {
  return new SourceError(
    fault.kind === 'cut' ? 'cut-short' : 'damaged-xml',
    `${wherein(place)} ${WORDS[fault.kind]} at byte ${fault.offset}: ${fault.message}.`,
    place.file,
    { path: place.path, offset: fault.offset, unit: 'byte' }
  );
}

/** Adds what the XML itself showed to the tally. */
function tallyXmlFaults(context: ReportContext, handler: ReportHandler): void {
  const { notUtf8, looseAmpersands, illegalReferences } = handler.tokenizer.faults;
  context.tally.add('not-utf8', 'warning', 'Texts with bytes that are no UTF-8, shown as U+FFFD', null, notUtf8);
  context.tally.add(
    'damaged-xml',
    'note',
    'Ampersands that begin no known reference and were kept as written',
    null,
    looseAmpersands
  );
  context.tally.add('damaged-xml', 'note', 'References to characters that XML forbids', null, illegalReferences);
}

/**
 * Reads the whole report into the context's sink. `progress` gets the bytes of the report that are done.
 * @throws SourceError 'cut-short' or 'damaged-xml' (with the place), after what was complete has been kept and
 * what was being read has been refused; 'not-recognised' where no model and no report is in it.
 */
export async function readReport(
  chunks: AsyncIterable<Uint8Array>,
  context: ReportContext,
  place: ReportPlace,
  signal: AbortSignal,
  progress: (bytes: number) => void
): Promise<ReportHandler> {
  const handler = new ReportHandler(context);
  let bytes = 0;
  let finished = false;
  try {
    const utf8 = utf8Chunks(chunks, (encoding) => {
      context.tally.add('not-utf8', 'note', `Report in ${encoding}; byte places are those of its text in UTF-8`, null);
    });
    for await (const chunk of utf8) {
      signal.throwIfAborted();
      handler.tokenizer.write(chunk);
      bytes += chunk.length;
      progress(bytes);
    }
    handler.tokenizer.end();
    finished = true;
  } catch (error) {
    const told = error instanceof XmlFault ? faultToError(error, place) : error;
    handler.breakOff(told instanceof SourceError ? 'the report breaks off' : 'reading was stopped');
    throw told;
  } finally {
    if (finished && handler.isFragment && handler.project === null) {
      context.sink.note({
        code: 'header-guessed',
        severity: 'note',
        message: `${wherein(place)} is a part of a report without its head: what the report says about the device is missing.`,
        place: null
      });
    }
    tallyXmlFaults(context, handler);
    context.tally.flush(context.sink);
  }
  if (handler.project === null && !handler.isFragment && handler.typeCounts.size === 0) {
    throw new SourceError(
      'not-recognised',
      `${wherein(place)} is XML, but no Cellebrite report: it has no project and no models.`,
      place.file
    );
  }
  return handler;
}
