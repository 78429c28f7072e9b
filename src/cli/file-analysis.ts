/** The pipeline of the app over files, as the command line runs it: reads, translates, analyses, writes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../lib/evidence/findings.ts';
import { EvidenceStore } from '../lib/evidence/store.ts';
import { SearchDesk } from '../lib/pipeline/search-desk.ts';
import { CaseSession } from '../lib/pipeline/session.ts';
import { Transcripts } from '../lib/pipeline/transcripts.ts';
import { Translations } from '../lib/pipeline/translations.ts';
import { CertifiedLog } from '../lib/records/certified-log.ts';
import type { Arguments } from './arguments.ts';
import { writeCrossCase } from './crosscase-output.ts';
import { analyseEdges } from './edge-analysis.ts';
import { languageLine, languageTable, translationTotals } from './languages-output.ts';
import { writeIdentity } from './identity-output.ts';
import { writeNetwork } from './network-output.ts';
import { ownBuild } from './own-build.ts';
import { accountLines, callLines, contactLines, messageLines, threadLines, writeLines } from './outputs.ts';
import { writePaths } from './paths-output.ts';
import { writePatterns } from './patterns-output.ts';
import { writePhones } from './phones-output.ts';
import { writeTies } from './ties-output.ts';
import { writeSearches } from './searches-output.ts';
import type { Terminal } from './run.ts';
import { writeStructure } from './structure-output.ts';
import { writeTerms } from './terms-output.ts';
import { readFiles } from './read-files.ts';
import { writePlaces, writeTimeline } from './timeline-output.ts';
import { writeTopics } from './topics-output.ts';
import { translateAll } from './translation.ts';

/** @returns the exit code: 1 where something was refused. */
export async function analyseFiles(args: Arguments, { print }: Terminal): Promise<number> {
  const say = args.json ? () => {} : print;
  const timings: Record<string, number> = {};
  const timed = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await work();
    timings[part] = Math.round(performance.now() - from);
    return result;
  };
  if (args.out !== null) await mkdir(args.out, { recursive: true });
  if (args.edges !== null) return analyseEdges(args.edges, args.out, args.json, print);
  say(`times without an offset are read in ${args.zone}, numbers without a country code as numbers of ${args.region}`);
  const store = new EvidenceStore();
  const translations = new Translations();
  const findings: Finding[] = [];
  const { files, drops } = await timed('read', () => readFiles(args, store, findings, say));
  translations.extend(store.messages.length);
  const { unique } = await timed('translate', () => translateAll(store, translations, args.translate, say));
  const languages = await timed('languages', () => languageTable(store, translations));
  const translated = translationTotals(languages);
  if (store.messages.length > 0) say(languageLine(languages));
  const { summary: network, communityOf } = await timed('network', () => writeNetwork(store, args.out));
  const search = new SearchDesk(store, translations, new CertifiedLog(), new Transcripts());
  const topics = await timed('topics', () => writeTopics(store, translations, args.out));
  const terms = await timed('terms', () => writeTerms(store, translations, search, communityOf, args.out));
  const identity = await timed('identity', () => writeIdentity(store, translations, search, args.out));
  // These are questions to an open case, asked as the app asks them.
  const session = new CaseSession({ store, translations, keeper: null, clock: Date.now });
  const structure = await timed('structure', () => writeStructure(session, args.out));
  const searches = await timed('searches', () => writeSearches(session, args.terms, args.out));
  const paths = await timed('paths', () => writePaths(session, args.paths, args.region, args.out));
  const otherTies = await timed('ties', () => writeTies(session, args.out));
  const phones = await timed('phones', () => writePhones(session, args.out));
  const patterns = await timed('patterns', () => writePatterns(store, translations, args.zone, args.out));
  const timeline = await timed('timeline', () => writeTimeline(store, args.zone, args.out));
  const places = await timed('places', () => writePlaces(store, args.zone, args.out));
  const other = new EvidenceStore();
  const otherFiles = await timed('read other case', () => readFiles({ ...args, files: args.against }, other, findings, say));
  const crosscase = await timed('crosscase', () => writeCrossCase(store, other, args));
  await timed('write', async () => {
    if (args.out === null) return;
    await writeLines(join(args.out, 'messages.ndjson'), messageLines(store, translations));
    await writeLines(join(args.out, 'calls.ndjson'), callLines(store));
    await writeLines(join(args.out, 'contacts.ndjson'), contactLines(store));
    await writeLines(join(args.out, 'accounts.ndjson'), accountLines(store));
    await writeLines(join(args.out, 'threads.ndjson'), threadLines(store));
    await writeLines(join(args.out, 'findings.ndjson'), findings);
  });
  const seconds = (part: string): number => Math.max(1e-3, (timings[part] ?? 0) / 1000);
  const summary = {
    build: await timed('build id', async () => ownBuild()),
    files,
    drops,
    assumptions: { zone: args.zone, region: args.region },
    counts: {
      messages: store.messages.length,
      calls: store.calls.length,
      contacts: store.count('contact'),
      accounts: store.directory.accounts.length,
      threads: store.directory.threads.length
    },
    languages: Object.fromEntries(languages.map(({ language, lines }) => [language, lines])),
    language_table: languages,
    translation: { lines: translated.lines, unique, flagged: translated.flagged, by_model: translated.by_model },
    network: { ...network, ...structure },
    topics,
    terms,
    ...(searches === null ? {} : { searches }),
    ...(paths === null ? {} : { paths }),
    identity,
    phones,
    other_ties: otherTies,
    patterns,
    timeline,
    places,
    ...(crosscase === null ? {} : { crosscase: { files: otherFiles, links: crosscase } }),
    timings_ms: timings,
    rates: {
      messages_per_second: Math.round(store.messages.length / seconds('read')),
      translated_lines_per_second: Math.round(translated.lines / seconds('translate'))
    },
    memory_mb: Math.round(process.memoryUsage().rss / 2 ** 20)
  };
  if (args.out !== null) await writeFile(join(args.out, 'summary.json'), JSON.stringify(summary, null, 2) + '\n');
  if (args.json) print(JSON.stringify(summary));
  else
    say(
      `${store.messages.length} messages, ${store.calls.length} calls, ${network.nodes} tied parties, ${topics} topics${args.out === null ? '' : `; written to ${args.out}`}`
    );
  const refused = findings.some((finding) => finding.severity === 'refusal' || finding.severity === 'failure');
  return refused ? 1 : 0;
}
