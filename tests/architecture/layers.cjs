/**
 * Which folder may import which. Each rule's comment says what to do instead.
 * Run by `npm run check`; drawn by `npm run map`.
 */
const layers = {
  evidence: { may: [], instead: 'evidence is the vocabulary of everything else: move what needs another layer out of it.' },
  audio: { may: [], instead: 'audio turns bytes into samples and knows no evidence and no model: put the rest into pipeline.' },
  formats: { may: ['evidence'], instead: 'readers turn bytes into evidence and know nothing else: put the rest into pipeline.' },
  language: { may: ['evidence'], instead: 'language works on plain lines: let pipeline bring them from and to evidence.' },
  analysis: {
    may: ['evidence'],
    instead: 'analysis takes columns and typed arrays: let pipeline fetch what it needs. language may be imported for types only.'
  },
  records: { may: ['evidence'], instead: 'records are what officers write; combine them with evidence in report or case.' },
  report: {
    may: ['evidence', 'formats', 'analysis', 'records'],
    instead: 'a report is made of evidence and records: pass in what comes from elsewhere.'
  },
  vault: { may: ['evidence'], instead: 'the vault stores bytes: pack them in the layer that knows them.' },
  pipeline: {
    may: ['evidence', 'audio', 'formats', 'language', 'analysis', 'records', 'report'],
    instead: 'pipeline runs in a worker and in Node alike: storage and workers belong to jobs.'
  },
  jobs: {
    may: ['evidence', 'audio', 'formats', 'language', 'analysis', 'records', 'report', 'vault', 'pipeline'],
    instead: 'jobs only starts workers: state belongs to case, pixels to views.'
  },
  case: {
    may: ['jobs', 'vault', 'pipeline', 'language', 'formats', 'evidence'],
    instead: 'case holds state: what draws belongs to views.'
  },
  ui: { may: [], instead: 'ui knows no evidence and no case: pass plain values in.' },
  views: {
    may: ['case', 'ui', 'jobs', 'pipeline', 'language', 'formats', 'evidence', 'paraglide'],
    instead: 'views draw what case offers: put work into a layer and a job.'
  }
};
const names = Object.keys(layers);
const rules = names.map((name) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: layers[name].instead,
  from: { path: `^src/lib/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/lib/(${names.filter((other) => other !== name && !layers[name].may.includes(other)).join('|')})/` }
}));
// Lower layers reach `language` and `pipeline` for types alone where that is all the table allows.
for (const rule of rules) if (rule.name === 'analysis-imports') rule.to.dependencyTypesNot = ['type-only'];

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'core-without-interface',
      severity: 'error',
      comment:
        'evidence, audio, formats, language, analysis, records, report and pipeline run in workers and in Node: no Svelte, no Kit, no IndexedDB, no drawing.',
      from: {
        path: '^src/lib/(evidence|audio|formats|language|analysis|records|report|pipeline)/',
        pathNot: '\\.browser\\.test\\.ts$'
      },
      to: { path: 'node_modules/(svelte|@sveltejs|idb|sigma|graphology|comlink|bits-ui|virtua)/|^\\$app' }
    },
    {
      name: 'report-reads-containers-alone',
      severity: 'error',
      comment:
        'A returned document is read with the hardened zip, XML and byte readers of formats; a format that makes evidence belongs to an import.',
      from: { path: '^src/lib/report/' },
      to: { path: '^src/lib/formats/', pathNot: '^src/lib/formats/(container|xml|text)/' }
    },
    {
      name: 'characteristics-unreadable',
      severity: 'error',
      comment:
        'Person characteristics are recorded, never analysed: analysis, formats and language must not see records/persons, not even its types.',
      from: { path: '^src/lib/(analysis|language|formats|evidence|pipeline)/' },
      to: { path: '^src/lib/records/persons' }
    },
    {
      name: 'lexicon-unreadable',
      severity: 'error',
      comment:
        'Glossary and lexicon are hints for a reader: what searches, ranks, counts, groups or draws must not see them, not even their types. Only pipeline/glossary-desk.ts brings them beside rows on screen.',
      from: {
        path: '^src/lib/(analysis|formats|evidence|pipeline)/|^src/lib/language/(identify|segment|translate|quality|engine|plan|mask|memory|batch|greedy)',
        pathNot: '^src/lib/pipeline/(glossary-desk|glossary-contract|saved-case|session|session-parts)(\\.test)?\\.ts$'
      },
      to: { path: '^src/lib/(language/(lexicon/|glossary|term-matcher)|pipeline/glossary-desk)' }
    },
    {
      name: 'tags-unreadable',
      severity: 'error',
      comment:
        'Tags narrow what is looked at, as any filter does; what counts, ranks, groups or draws must not see them, not even their types.',
      from: {
        path: '^src/lib/(analysis|formats|evidence|language|pipeline)/',
        pathNot:
          '^src/lib/pipeline/(tag-(desk|sets|contract)|filter-dimensions|selector|contract|rows|saved-case|session|session-parts|subset)(\\.(test|fixture))?\\.ts$'
      },
      to: { path: '^src/lib/(records/tag-log|pipeline/tag-(desk|sets))' }
    },
    {
      name: 'attributions-unreadable',
      severity: 'error',
      comment:
        'An attribution is a note of an officer: what counts, ranks, groups or draws must not see it, not even its types. Views lay it beside the lanes.',
      from: {
        path: '^src/lib/(analysis|formats|evidence|language|pipeline)/|^src/cli/',
        pathNot: '^src/lib/pipeline/(attribution-(desk|contract)|lanes-desk|saved-case|session-parts)(\\.(test|fixture))?\\.ts$'
      },
      to: { path: '^src/lib/(records/attribution-log|pipeline/attribution-desk)' }
    },
    {
      name: 'one-maker-of-workers',
      severity: 'error',
      comment: 'Only jobs starts workers and only jobs uses comlink: add a typed handle there.',
      from: { path: '^src/', pathNot: '^src/lib/jobs/' },
      to: { path: 'node_modules/comlink/' }
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Break the circle: move what both need into a file of its own.',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'cli-without-svelte',
      severity: 'error',
      comment: 'The terminal uses the layers and no Svelte.',
      from: { path: '^src/cli/' },
      to: { path: '^src/lib/(case|views|ui|jobs|vault)/|node_modules/svelte/' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit|src/lib/paraglide|src/lib/.*/assembly/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['svelte', 'import', 'default', 'types'] }
  }
};
