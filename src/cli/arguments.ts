/** Arguments of `npm run -s analyse`. */
import { ASSUMED_REGION, ASSUMED_ZONE } from '../lib/evidence/assumptions.ts';
import { REGIONS } from '../lib/formats/regions.ts';

export interface Arguments {
  readonly files: readonly string[];
  readonly out: string | null;
  readonly zone: string;
  readonly region: string;
  /** Owner identifier by file name as given or by its last part. */
  readonly owners: ReadonlyMap<string, { identifier: string; name: string }>;
  readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
  readonly password: string | null;
  readonly translate: boolean;
  readonly json: boolean;
  readonly edges: string | null;
  /** Files of another case to compare with, and what for; none and '' without. */
  readonly against: readonly string[];
  readonly purpose: string;
  /** A file with one search term a line; null without. */
  readonly terms: string | null;
  /** Pairs of people between whom the shortest way is asked for. */
  readonly paths: readonly { readonly from: string; readonly to: string }[];
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: npm run -s analyse -- FILE... --out DIR [options]
  FILE                  an export, a database, a table; or a folder or zip with many of them, each found and read
  --out DIR             where the results are written
  --zone ZONE           zone of stamps without an offset (default ${ASSUMED_ZONE})
  --region CC           country of numbers in national form (default ${ASSUMED_REGION})
  --owner FILE=ID[=NAME]  whose device a file comes from; NAME as the export shows it
  --date-order ORDER    dmy, mdy or ymd where a chat leaves it open
  --password TEXT       of an encrypted zip
  --no-translate        leave foreign messages as they are
  --json                print summary.json to standard output and nothing else
  --against FILE        a file of another case: which identifiers both hold; may be given again, needs --purpose
  --purpose TEXT        what the comparison is for; stands in its result
  --terms FILE          search terms, one a line, as in the app's search: counted, with the messages that they find
  --path FROM=TO        the shortest way between two people, each by number, handle or name; may be given again
  --edges FILE.csv      analyse a bare list of ties (from,to[,weight]) instead of files
Exit codes: 0 all read, 1 something was refused (listed), 2 unusable arguments.`;

/** @throws UsageError naming the argument that cannot be used. */
export function parseArguments(argv: readonly string[]): Arguments {
  const files: string[] = [];
  const owners = new Map<string, { identifier: string; name: string }>();
  let out: string | null = null;
  let zone: string = ASSUMED_ZONE;
  let region: string = ASSUMED_REGION;
  let dateOrder: Arguments['dateOrder'] = null;
  let password: string | null = null;
  let translate = true;
  let json = false;
  let edges: string | null = null;
  const against: string[] = [];
  let purpose = '';
  let terms: string | null = null;
  const paths: { from: string; to: string }[] = [];
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] as string;
    const value = (): string => {
      const next = argv[++i];
      if (next === undefined) throw new UsageError(`${argument} needs a value`);
      return next;
    };
    if (argument === '--out') out = value();
    else if (argument === '--zone') zone = checkedZone(value());
    else if (argument === '--region') region = checkedRegion(value());
    else if (argument === '--password') password = value();
    else if (argument === '--edges') edges = value();
    else if (argument === '--against') against.push(value());
    else if (argument === '--purpose') purpose = value().trim();
    else if (argument === '--terms') terms = value();
    else if (argument === '--path') paths.push(pathEnds(value()));
    else if (argument === '--no-translate') translate = false;
    else if (argument === '--json') json = true;
    else if (argument === '--date-order') {
      const order = value();
      if (order !== 'dmy' && order !== 'mdy' && order !== 'ymd')
        throw new UsageError(`--date-order is dmy, mdy or ymd, not ${order}`);
      dateOrder = order;
    } else if (argument === '--owner') {
      const [file, identifier, name] = value().split('=');
      if (file === undefined || file === '' || identifier === undefined || identifier === '')
        throw new UsageError('--owner is FILE=ID or FILE=ID=NAME');
      owners.set(file, { identifier, name: name ?? '' });
    } else if (argument.startsWith('--')) throw new UsageError(`unknown option ${argument}`);
    else files.push(argument);
  }
  if (edges === null && files.length === 0) throw new UsageError('no file was named');
  if (against.length > 0 && purpose === '') throw new UsageError('--against needs --purpose');
  if (out === null && !json) throw new UsageError('--out DIR or --json is needed');
  return { files, out, zone, region, owners, dateOrder, password, translate, json, edges, against, purpose, terms, paths };
}

function pathEnds(text: string): { from: string; to: string } {
  const [from = '', to = '', ...more] = text.split('=').map((end) => end.trim());
  if (from === '' || to === '' || more.length > 0) throw new UsageError(`--path is FROM=TO, not ${text}`);
  return { from, to };
}

function checkedRegion(region: string): string {
  const code = region.toUpperCase();
  if (!REGIONS.includes(code)) throw new UsageError(`--region ${region} is not a country code of two letters`);
  return code;
}

function checkedZone(zone: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new UsageError(`--zone ${zone} is not a known time zone`);
  }
}
