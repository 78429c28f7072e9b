/** Drives the tokenizer over the bytes of one report.xml. */
import { SourceError, told } from '../../evidence/findings.ts';
import { asWritten, sentence, type Sentence } from '../../evidence/wording/sentence.ts';
import { utf8Chunks } from '../xml/utf8-source.ts';
import { faultSentence, XmlFault } from '../xml/events.ts';
import type { ReportContext } from './context.ts';
import { ReportHandler } from './report-handler.ts';

/** Where a report lies: its file, and its path inside of a zip. */
export interface ReportPlace {
  readonly file: string;
  readonly path: string;
}

function wherein(place: ReportPlace): Sentence {
  return place.path === '' ? asWritten(place.file) : sentence('entry-in', { file: place.file, entry: place.path });
}

/** An XML fault as the one sentence that stops the file. */
function faultToError(fault: XmlFault, place: ReportPlace): SourceError {
  return new SourceError(fault.kind === 'cut' ? 'cut-short' : 'damaged-xml', faultSentence(fault, wherein(place)), place.file, {
    path: place.path,
    offset: fault.offset,
    unit: 'byte'
  });
}

/** Adds what the XML itself showed to the tally. */
function tallyXmlFaults(context: ReportContext, handler: ReportHandler): void {
  const { notUtf8, looseAmpersands, illegalReferences } = handler.tokenizer.faults;
  context.tally.add('not-utf8', 'warning', 'texts-not-utf8', null, notUtf8);
  context.tally.add('damaged-xml', 'note', 'loose-ampersands', null, looseAmpersands);
  context.tally.add('damaged-xml', 'note', 'illegal-references', null, illegalReferences);
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
      context.tally.add('not-utf8', 'note', 'text-in-encoding', null, 1, { encoding });
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
    const stop = error instanceof XmlFault ? faultToError(error, place) : error;
    handler.breakOff(stop instanceof SourceError ? 'report-breaks-off' : 'reading-stopped');
    throw stop;
  } finally {
    if (finished && handler.isFragment && handler.project === null) {
      context.sink.note({
        code: 'header-guessed',
        severity: 'note',
        ...told(sentence('report-headless', { where: wherein(place) })),
        place: null
      });
    }
    tallyXmlFaults(context, handler);
    context.tally.flush(context.sink);
  }
  if (handler.project === null && !handler.isFragment && handler.typeCounts.size === 0) {
    throw new SourceError('not-recognised', sentence('report-not-one', { where: wherein(place) }), place.file);
  }
  return handler;
}
