/** ufed-xml, its XML tokenizer and the zip reader against public samples. Skipped where ../shared/samples is absent. */
import { existsSync, openAsBlob, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/lib/evidence/findings.ts';
import { ZipContainer } from '../../src/lib/formats/container/zip.ts';
import { ufedXml } from '../../src/lib/formats/ufed-xml/index.ts';
import type { XmlTag } from '../../src/lib/formats/xml/tag.ts';
import { XmlFault, type XmlHandler } from '../../src/lib/formats/xml/events.ts';
import { XmlTokenizer } from '../../src/lib/formats/xml/tokenizer.ts';
import { xmlEncoding } from '../../src/lib/formats/xml/utf8-source.ts';
import { CollectingSink } from '../fixtures/collecting-sink.ts';

const ROOT = new URL('../../../shared/samples/', import.meta.url).pathname;
const FRAGMENT = join(ROOT, 'ufed_cellebrite/sepinf-inc+IPED/iped-engine/src/test/resources/ufed-model-chat.xml');
const XML = join(ROOT, 'hostile_xml/GNOME+libxml2/test');
const ZIP = join(ROOT, 'hostile_zip/thejoshwolfe+yauzl/test');
const never = new AbortController().signal;
for (const folder of [FRAGMENT, XML, ZIP])
  if (!existsSync(folder)) console.log(`skipped: ${folder.slice(ROOT.length)} is not there`);

describe.skipIf(!existsSync(FRAGMENT))('the fragment of a report from IPED', () => {
  it('gives each model in it', async () => {
    const text = readFileSync(FRAGMENT, 'utf8');
    const declared = (type: string) => text.split(`<model type="${type}"`).length - 1;
    const sink = new CollectingSink();
    const blob = await openAsBlob(FRAGMENT);
    await ufedXml.read(
      { name: 'ufed-model-chat.xml', sizeBytes: blob.size, blob },
      { zone: null, region: 'GB', owner: null },
      sink,
      never
    );
    sink.assertConserved();
    // 14 InstantMessage models by text search: 11 in the chat, two quoted ones and one answered one inside of others.
    expect(declared('InstantMessage')).toBe(14);
    expect(sink.messages).toHaveLength(11);
    expect(sink.generics.filter((record) => record.type.startsWith('InstantMessage in'))).toHaveLength(3);
    expect(sink.contacts).toHaveLength(declared('Contact'));
    expect(sink.sum).toMatchObject({ seen: 16, kept: 16, folded: 0, refused: 0 });
    expect(sink.messages.flatMap((message) => message.attachments.map((file) => file.sizeBytes))).toEqual([
      7054, 17097, 42288, 28101, 33844
    ]);
    for (const message of sink.messages) {
      expect(message.time.basis).toBe('offset-in-data');
      expect(message.time.utcMs).toBe(Date.parse(message.time.raw));
    }
    expect(sink.messages[0]?.thread).toMatchObject({ service: 'whatsapp', key: '+5511999996666', isGroup: false });
  });
});

class Events implements XmlHandler {
  readonly list: string[] = [];
  readonly tokenizer = new XmlTokenizer(this);
  #text = '';
  constructor() {
    this.tokenizer.wantText = true;
  }
  classify(): number {
    return 0;
  }
  open(tag: XmlTag): void {
    this.#flush();
    const attributes = Array.from({ length: tag.count }, (_, i) => `${tag.name(i)}=${tag.value(i)}`);
    this.list.push(`<${this.tokenizer.names.textOf(tag.nameId)} ${attributes.join(' ')}`);
  }
  close(nameId: number): void {
    this.#flush();
    this.list.push(`/${this.tokenizer.names.textOf(nameId)}`);
  }
  text(text: string): void {
    this.#text += text;
  }
  #flush(): void {
    if (this.#text !== '') this.list.push(`"${this.#text}`);
    this.#text = '';
  }
}

function bySaxes(text: string): string[] {
  const list: string[] = [];
  let run = '';
  let depth = 0;
  const flush = () => {
    if (run !== '') list.push(`"${run}`);
    run = '';
  };
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    flush();
    depth++;
    list.push(
      `<${tag.name} ${Object.entries(tag.attributes as Record<string, string>)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`
    );
  });
  parser.on('closetag', (tag) => {
    flush();
    depth--;
    list.push(`/${tag.name}`);
  });
  const add = (piece: string) => {
    if (depth > 0) run += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return list;
}

describe.skipIf(!existsSync(XML))('documents of libxml2', () => {
  const files = existsSync(XML)
    ? readdirSync(XML, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(XML, name)).isFile())
    : [];

  it('are read as saxes reads them, or refused with a place', () => {
    const outcome = { same: 0, dtd: 0, refusedByBoth: 0, milder: 0, differs: [] as string[] };
    for (const name of files) {
      const bytes = new Uint8Array(readFileSync(join(XML, name)));
      const text = new TextDecoder(xmlEncoding(bytes.subarray(0, 256))).decode(bytes);
      const events = new Events();
      let fault: XmlFault | null = null;
      try {
        events.tokenizer.write(new TextEncoder().encode(text));
        events.tokenizer.end();
      } catch (error) {
        if (!(error instanceof XmlFault)) throw error;
        fault = error;
      }
      let expected: string[] | null = null;
      try {
        expected = bySaxes(text);
      } catch {
        expected = null;
      }
      if (fault?.kind === 'dtd') outcome.dtd++;
      else if (fault !== null && expected === null) outcome.refusedByBoth++;
      else if (fault === null && expected === null) outcome.milder++;
      else if (fault === null && JSON.stringify(events.list) === JSON.stringify(expected)) outcome.same++;
      else outcome.differs.push(`${name}: ${fault?.message ?? 'other events'}`);
    }
    console.log('libxml2 documents', JSON.stringify(outcome));
    expect(outcome.differs).toEqual([]);
    expect(outcome.same).toBeGreaterThan(20);
    // Every entity bomb is refused before one entity is read.
    expect(outcome.dtd).toBeGreaterThan(15);
  });
});

async function unzip(path: string): Promise<Map<string, Uint8Array>> {
  const blob = await openAsBlob(path);
  const zip = await ZipContainer.open({ name: path, sizeBytes: blob.size, blob }, { signal: never });
  const out = new Map<string, Uint8Array>();
  for (const entry of zip.entries) {
    if (entry.isDirectory) continue;
    const parts: Uint8Array[] = [];
    for await (const chunk of zip.read(entry, never)) parts.push(chunk.slice());
    out.set(entry.name, new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()));
  }
  return out;
}

describe.skipIf(!existsSync(ZIP))('zips of yauzl', () => {
  const zips = (folder: string) =>
    existsSync(join(ZIP, folder)) ? readdirSync(join(ZIP, folder)).filter((name) => name.endsWith('.zip')) : [];

  it('are read where they are sound', { timeout: 20_000 }, async () => {
    const refused: string[] = [];
    let entries = 0;
    for (const name of zips('success')) {
      try {
        const got = await unzip(join(ZIP, 'success', name));
        for (const [entry, bytes] of got) {
          const truth = join(ZIP, 'success', name.slice(0, -4), entry);
          if (!existsSync(truth)) continue;
          expect(new Uint8Array(readFileSync(truth)), `${name}: ${entry}`).toEqual(bytes);
          entries++;
        }
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        refused.push(`${name}: ${error.code}`);
      }
    }
    console.log(`yauzl success: ${entries} entries equal; refused`, JSON.stringify(refused));
    expect(entries).toBeGreaterThanOrEqual(20);
    // What is encrypted or packed in a way nobody knows is refused in words.
    for (const line of refused)
      expect(line).toMatch(/encryption.*encrypted-without-key|bogus-compression-method.*damaged-container/);
  });

  it('are refused in one sentence, or read with a note, where they are not', { timeout: 20_000 }, async () => {
    const seen: string[] = [];
    for (const name of zips('failure')) {
      try {
        await unzip(join(ZIP, 'failure', name));
        seen.push(`read: ${name}`);
      } catch (error) {
        if (!(error instanceof SourceError)) throw new Error(name, { cause: error });
        expect(error.message).toContain('failure');
        seen.push(`${error.code}: ${name}`);
      }
    }
    console.log(seen.join('\n'));
    // Odd names are text and no reason to refuse; everything else that is wrong stops the file.
    for (const line of seen)
      if (line.startsWith('read:')) expect(line).toMatch(/path|fileName|comment length|extra field length/);
  });
});
