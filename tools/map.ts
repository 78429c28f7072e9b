/** `npm run map`: which layer imports which, as a Mermaid diagram for src/lib/README.md. */
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { fileURLToPath } from 'node:url';

const layerOf = (path: string): string | undefined =>
  /^src\/(?:lib\/([^/]+)\/|(cli|routes)\/)/
    .exec(path.replace(/^\$lib\//, 'src/lib/'))
    ?.slice(1)
    .find((part) => part !== undefined);

/** Mermaid text; a dotted line means that only types cross. */
export async function layerMap(): Promise<string> {
  const { output } = await cruise(['src'], {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|paraglide|\\.test\\.ts$' },
    tsPreCompilationDeps: true
  });
  const isValue = new Map<string, boolean>();
  for (const module of (output as ICruiseResult).modules) {
    const from = layerOf(module.source);
    for (const { resolved, dependencyTypes } of module.dependencies) {
      const to = layerOf(resolved);
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${from} ${to}`;
      isValue.set(key, (isValue.get(key) ?? false) || !dependencyTypes.includes('type-only'));
    }
  }
  const arrows = [...isValue]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `  ${key.replace(' ', value ? ' --> ' : ' -.-> ')}`);
  return ['```mermaid', 'flowchart LR', ...arrows, '```'].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await layerMap());
