/** The layer rules bite: each planted import is refused, and the same tree without it is clean. */
import { cruise, type ICruiseResult, type IReporterOutput } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const rules = createRequire(import.meta.url)('./layers.cjs') as { forbidden: object[] };
let root = '';
const here = process.cwd();

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function violations(): Promise<string[]> {
  process.chdir(root);
  try {
    const result: IReporterOutput = await cruise(['src'], {
      ruleSet: rules,
      validate: true,
      tsPreCompilationDeps: true
    } as never);
    return (result.output as ICruiseResult).summary.violations.map((violation) => violation.rule.name).sort();
  } finally {
    process.chdir(here);
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'skein-layers-'));
  put('tsconfig.json', '{ "compilerOptions": { "allowImportingTsExtensions": true } }\n');
  put('src/lib/records/persons.ts', 'export interface Person { readonly ethnicity: string }\nexport const none = 0;\n');
  put('src/lib/evidence/ids.ts', 'export const NONE = 1;\n');
  put('src/lib/analysis/network/graph.ts', "import { NONE } from '../../evidence/ids.ts';\nexport const nothing = NONE;\n");
  put('src/lib/language/lexicon/index.ts', 'export interface Term { readonly term: string }\nexport const LEXICON = [];\n');
  put('src/lib/language/glossary.ts', 'export const glossary = 1;\n');
  put(
    'src/lib/pipeline/glossary-desk.ts',
    "import { LEXICON } from '../language/lexicon/index.ts';\nexport const desk = LEXICON;\n"
  );
  put('src/lib/records/attribution-log.ts', 'export interface Attribution { readonly number: number }\n');
  put(
    'src/lib/pipeline/attribution-desk.ts',
    "import type { Attribution } from '../records/attribution-log.ts';\nexport const notes: Attribution[] = [];\n"
  );
  put('src/lib/case/open.ts', 'export const open = 1;\n');
  put('src/lib/ui/button.ts', 'export const button = 1;\n');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('layer rules', () => {
  it('accept the layers as they are meant', async () => {
    expect(await violations()).toEqual([]);
  });

  const planted: [what: string, path: string, text: string, rule: string][] = [
    [
      'a value of a person in analysis',
      'src/lib/analysis/x.ts',
      "import { none } from '../records/persons.ts';\nexport const x = none;\n",
      'characteristics-unreadable'
    ],
    [
      'even the type of a person in analysis',
      'src/lib/analysis/x.ts',
      "import type { Person } from '../records/persons.ts';\nexport type X = Person;\n",
      'characteristics-unreadable'
    ],
    [
      'a person in language',
      'src/lib/language/x.ts',
      "import { none } from '../records/persons.ts';\nexport const x = none;\n",
      'characteristics-unreadable'
    ],
    [
      'the lexicon in analysis',
      'src/lib/analysis/x.ts',
      "import { LEXICON } from '../language/lexicon/index.ts';\nexport const x = LEXICON;\n",
      'lexicon-unreadable'
    ],
    [
      'even a type of the lexicon in analysis',
      'src/lib/analysis/x.ts',
      "import type { Term } from '../language/lexicon/index.ts';\nexport type X = Term;\n",
      'lexicon-unreadable'
    ],
    [
      'a glossary where topics are made',
      'src/lib/pipeline/topics.ts',
      "import { glossary } from '../language/glossary.ts';\nexport const x = glossary;\n",
      'lexicon-unreadable'
    ],
    [
      'hints where messages are searched',
      'src/lib/pipeline/search-desk.ts',
      "import { desk } from './glossary-desk.ts';\nexport const x = desk;\n",
      'lexicon-unreadable'
    ],
    [
      'attributions where lanes are worked out',
      'src/lib/pipeline/use-lanes.ts',
      "import { notes } from './attribution-desk.ts';\nexport const x = notes;\n",
      'attributions-unreadable'
    ],
    [
      'even the type of an attribution in analysis',
      'src/lib/analysis/x.ts',
      "import type { Attribution } from '../records/attribution-log.ts';\nexport type X = Attribution;\n",
      'attributions-unreadable'
    ],
    [
      'evidence that imports a layer',
      'src/lib/evidence/x.ts',
      "import { nothing } from '../analysis/network/graph.ts';\nexport const x = nothing;\n",
      'evidence-imports'
    ],
    [
      'analysis that imports formats',
      'src/lib/analysis/x.ts',
      "import { f } from '../formats/f.ts';\nexport const x = f;\n",
      'analysis-imports'
    ],
    [
      'a report that reads a format of evidence',
      'src/lib/report/x.ts',
      "import { f } from '../formats/f.ts';\nexport const x = f;\n",
      'report-reads-containers-alone'
    ],
    ['ui that knows a case', 'src/lib/ui/x.ts', "import { open } from '../case/open.ts';\nexport const x = open;\n", 'ui-imports']
  ];
  it.each(planted)('refuse %s', async (_what, path, text, rule) => {
    put('src/lib/formats/f.ts', 'export const f = 1;\n');
    put(path, text);
    const found = await violations();
    rmSync(join(root, path));
    expect(found).toContain(rule);
  });
});
