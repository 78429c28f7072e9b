/** Checks an exported log against its checkpoint: the same course as verify_audit.py, which anyone can run without us. */
import { isSignedByItsKey, type Checkpoint } from './checkpoint.ts';
import { canonicalLine, FIRST_PREVIOUS, OPERATIONS, type AuditLine } from './line.ts';
import { leafHash, MerkleTree, toHex } from './merkle.ts';

export type AuditFault =
  | 'not-a-line'
  | 'not-canonical'
  | 'wrong-number'
  | 'broken-chain'
  | 'unknown-operation'
  | 'wrong-size'
  | 'wrong-root'
  | 'wrong-signature'
  | 'not-a-checkpoint';

export type AuditVerdict =
  | { readonly ok: true; readonly lines: number; readonly root: string; readonly checkpoint: Checkpoint }
  /** `line`: number of the first bad line from 0; null where the checkpoint does not fit. */
  | { readonly ok: false; readonly fault: AuditFault; readonly line: number | null };

const bad = (fault: AuditFault, line: number | null = null): AuditVerdict => ({ ok: false, fault, line });

/**
 * @param text the file of lines, each ended by a line feed
 * @param checkpointText the checkpoint as JSON
 */
export async function verifyAudit(text: string, checkpointText: string): Promise<AuditVerdict> {
  const checkpoint = readCheckpoint(checkpointText);
  if (checkpoint === null) return bad('not-a-checkpoint');
  const lines = text === '' ? [] : text.split('\n');
  // The last line feed ends a line and begins none.
  if (lines.length > 0 && lines.pop() !== '') return bad('not-a-line', lines.length);
  const tree = new MerkleTree();
  let previous = FIRST_PREVIOUS;
  for (const [at, raw] of lines.entries()) {
    const line = readLine(raw);
    if (line === null) return bad('not-a-line', at);
    if (canonicalLine(line) !== raw) return bad('not-canonical', at);
    if (line.seq !== at) return bad('wrong-number', at);
    if (line.prev !== previous) return bad('broken-chain', at);
    if (!OPERATIONS.includes(line.op)) return bad('unknown-operation', at);
    const leaf = await leafHash(raw);
    await tree.add(leaf);
    previous = toHex(leaf);
  }
  const root = await tree.root();
  if (checkpoint.size !== lines.length) return bad('wrong-size');
  if (checkpoint.root !== root) return bad('wrong-root');
  if (!(await isSignedByItsKey(checkpoint))) return bad('wrong-signature');
  return { ok: true, lines: lines.length, root, checkpoint };
}

const LINE: Readonly<Record<keyof AuditLine, 'string' | 'number'>> = {
  seq: 'number',
  prev: 'string',
  t: 'string',
  op: 'string',
  who: 'string',
  what: 'string',
  n: 'number',
  build: 'string'
};
const CHECKPOINT: Readonly<Record<keyof Checkpoint, 'string' | 'number'>> = {
  size: 'number',
  root: 'string',
  t: 'string',
  build: 'string',
  key: 'string',
  signature: 'string'
};

const readLine = (raw: string): AuditLine | null => read(raw, LINE) as AuditLine | null;
const readCheckpoint = (text: string): Checkpoint | null => read(text, CHECKPOINT) as Checkpoint | null;

/** The object in a text when it has exactly these members, numbers being safe integers; null otherwise. */
function read(text: string, shape: Readonly<Record<string, 'string' | 'number'>>): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const members = Object.entries(value);
  const fits = members.every(([name, one]) =>
    shape[name] === 'number' ? Number.isSafeInteger(one) : shape[name] === 'string' && typeof one === 'string'
  );
  return fits && members.length === Object.keys(shape).length ? value : null;
}
