/** Which files of a container are one source together. */
import type { Format } from '../contract.ts';

/** Folders that systems and exports begin with: what stands before one is the root of a phone or of an account's export. */
const SYSTEM =
  /(?:^|\/)(?:data\/(?:data|user|user_de|media|app)|private\/var|var\/mobile|mobile\/Library|HomeDomain|AppDomain[^/]*|your_\w+_activity|messages|[0-9a-f]{2}(?=\/[0-9a-f]{40}$))\//i;

/** The folder of the export that a document belongs to, without a slash at its end; '' for the container's own root. */
export function rootOf(path: string): string {
  const system = SYSTEM.exec(path);
  if (system !== null) return path.slice(0, system.index);
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export interface FoundDocument {
  readonly path: string;
  readonly sizeBytes: number;
  readonly format: Format;
  readonly confidence: number;
  /** Logs of a database. */
  readonly beside: readonly string[];
}

export interface DocumentGroup {
  readonly format: Format;
  readonly confidence: number;
  /** Of one file its path, of documents that are read together their folder. */
  readonly path: string;
  readonly isTogether: boolean;
  readonly documents: readonly FoundDocument[];
}

/** Documents of one format under one root are one source where the format reads them so; every other is its own. */
export function groupsOf(found: readonly FoundDocument[]): readonly DocumentGroup[] {
  const together = new Map<string, FoundDocument[]>();
  const alone: DocumentGroup[] = [];
  for (const document of found) {
    const { format, path } = document;
    if (format.gathers?.takes(path) === true) {
      const key = `${format.id}\n${rootOf(path)}`;
      const group = together.get(key);
      if (group === undefined) together.set(key, [document]);
      else group.push(document);
    } else alone.push({ format, confidence: document.confidence, path, isTogether: false, documents: [document] });
  }
  const groups = [...together].map(([key, documents]): DocumentGroup => ({
    format: (documents[0] as FoundDocument).format,
    confidence: Math.max(...documents.map((one) => one.confidence)),
    path: key.slice(key.indexOf('\n') + 1),
    isTogether: true,
    documents
  }));
  const order = new Intl.Collator('en', { numeric: true });
  return [...groups, ...alone].sort((a, b) => order.compare(a.path, b.path) || order.compare(a.format.id, b.format.id));
}
