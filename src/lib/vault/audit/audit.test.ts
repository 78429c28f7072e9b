import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { newInstallKey, signCheckpoint, type Checkpoint } from './checkpoint.ts';
import { canonicalJson } from './line.ts';
import { AuditLog } from './log.ts';
import { leafHash, MerkleTree } from './merkle.ts';
import { AuditTrail } from './trail.ts';
import { verifyAudit } from './verify.ts';

const START = Date.UTC(2026, 2, 2, 9, 0, 10);
const VERIFIER = fileURLToPath(new URL('./verify_audit.py', import.meta.url));
const hasPython = spawnSync('python3', ['-c', 'pow(3, -1, 7)']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'skein-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Desk {
  readonly trail: AuditTrail;
  readonly disk: string[];
  readonly checkpoints: Checkpoint[];
  /** Moves the clock. */
  pass(ms: number): void;
  full: boolean;
}

async function desk(): Promise<Desk> {
  let now = START;
  const made: Desk = {
    disk: [],
    checkpoints: [],
    full: false,
    pass: (ms) => void (now += ms),
    trail: new AuditTrail({
      log: Promise.resolve(new AuditLog()),
      who: 'DC 4411',
      clock: () => now,
      keep: (line) => {
        if (made.full) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
        made.disk.push(line);
        return Promise.resolve();
      },
      keepCheckpoint: async (checkpoint) => void made.checkpoints.push(checkpoint),
      pair: await newInstallKey()
    })
  };
  return made;
}

/** A log of eleven lines with letters that take one to four bytes, as it is handed out. */
async function exported(): Promise<{ lines: string; checkpoint: Checkpoint }> {
  const { trail, pass } = await desk();
  await trail.note('consultation', 'case made and opened', 1);
  for (let i = 0; i < 9; i++) {
    pass(61_000);
    await trail.note(
      (['collection', 'alteration', 'combination'] as const)[i % 3] ?? 'erasure',
      `“păsărică” 🐦 \u2028 \\ ${i}`,
      i
    );
  }
  return trail.exported('audit log');
}

const python = (lines: string, checkpoint: string): string => {
  writeFileSync(join(folder, 'audit.jsonl'), lines);
  writeFileSync(join(folder, 'checkpoint.json'), checkpoint);
  const run = spawnSync('python3', [VERIFIER, join(folder, 'audit.jsonl'), join(folder, 'checkpoint.json')], {
    encoding: 'utf8'
  });
  return `${run.stdout.trim()} ${run.status}`;
};

describe('a sitting with a reason', () => {
  it('gives it with each disclosure, and with nothing else', async () => {
    const disk: string[] = [];
    const trail = new AuditTrail({
      log: Promise.resolve(new AuditLog()),
      who: 'DC 4411',
      reason: 'review before charge',
      clock: () => 0,
      keep: async (line) => void disk.push(line),
      keepCheckpoint: async () => {},
      pair: await newInstallKey()
    });
    await trail.note('consultation', 'people', 1);
    await trail.note('disclosure', 'rows copied', 3);
    await trail.exported('audit log');
    expect(disk.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual([
      'people',
      'rows copied; reason: review before charge',
      'audit log; reason: review before charge'
    ]);
  });

  it('gives another one from where it was changed, and says in the log that it was', async () => {
    const disk: string[] = [];
    let isFull = false;
    const trail = new AuditTrail({
      log: Promise.resolve(new AuditLog()),
      who: 'DC 4411',
      clock: () => 0,
      keep: async (line) => {
        if (isFull) throw new Error('no room');
        disk.push(line);
      },
      keepCheckpoint: async () => {},
      pair: await newInstallKey()
    });
    await trail.note('disclosure', 'rows copied', 1);
    trail.group('disclosure', 'quoted', 2);
    await trail.changeReason('request of the court');
    await trail.note('disclosure', 'rows copied', 3);
    isFull = true;
    await expect(trail.changeReason('another')).rejects.toThrow('no room');
    expect(trail.reason).toBe('request of the court');
    isFull = false;
    await trail.changeReason('');
    await trail.note('disclosure', 'rows copied', 4);
    expect(disk.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual([
      'rows copied',
      'quoted',
      'reason of this sitting changed; reason: request of the court',
      'rows copied; reason: request of the court',
      'reason of this sitting taken back',
      'rows copied'
    ]);
  });
});

describe('hashes of RFC 6962', () => {
  // The tree of the reference test of Certificate Transparency: eight leaves, given here as their bytes in hex.
  const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const ROOTS = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
  ];
  it('gives the published roots for one to eight leaves', async () => {
    const tree = new MerkleTree();
    expect(await tree.root()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [at, hex] of LEAVES.entries()) {
      // Leaves are bytes there and text here; these bytes are all one-byte characters.
      await tree.add(await leafHash(Buffer.from(hex, 'hex').toString('latin1')));
      expect(await tree.root(), `${at + 1} leaves`).toBe(ROOTS[at]);
    }
  });
});

describe('canonical lines', () => {
  it('sort their keys, have no spaces, and take strings and whole numbers alone', () => {
    expect(canonicalJson({ b: 1, a: 'ă"\n' })).toBe('{"a":"ă\\"\\n","b":1}');
    expect(() => canonicalJson({ a: 0.5 })).toThrow(TypeError);
    expect(() => canonicalJson({ a: 2 ** 60 })).toThrow(TypeError);
  });
});

describe('the trail', () => {
  it('groups what one person reads of one conversation in one minute, and keeps the order of steps', async () => {
    const { trail, disk, pass } = await desk();
    trail.group('consultation', 'conversation 3', 20);
    trail.group('consultation', 'conversation 4', 1);
    pass(20_000);
    trail.group('consultation', 'conversation 3', 5);
    pass(40_000);
    trail.group('consultation', 'conversation 3', 7);
    await trail.note('alteration', 'zone of times UTC', 1);
    const said = disk.map((line) => JSON.parse(line) as { seq: number; t: string; what: string; n: number; who: string });
    expect(said.map(({ seq, t, what, n }) => `${seq} ${t.slice(11, 19)} ${what} ${n}`)).toEqual([
      '0 09:00:10 conversation 3 25',
      '1 09:00:10 conversation 4 1',
      '2 09:01:10 conversation 3 7',
      '3 09:01:10 zone of times UTC 1'
    ]);
    expect(new Set(said.map(({ who }) => who))).toEqual(new Set(['DC 4411']));
  });

  it('signs size and root at a checkpoint, with what waited for its minute in it', async () => {
    const { trail, disk, checkpoints } = await desk();
    trail.group('consultation', 'people', 3);
    const checkpoint = await trail.checkpoint();
    expect(checkpoints).toEqual([checkpoint]);
    expect(disk.length).toBe(1);
    expect(await verifyAudit(`${disk[0]}\n`, JSON.stringify(checkpoint))).toMatchObject({ ok: true, lines: 1 });
  });

  it('loses no line to a full disk: a step fails in words, reads wait', async () => {
    const made = await desk();
    made.full = true;
    made.trail.group('consultation', 'people', 3);
    await expect(made.trail.note('disclosure', 'x', 1)).rejects.toThrow('full');
    made.full = false;
    await made.trail.note('alteration', 'y', 1);
    expect(made.disk.map((line) => (JSON.parse(line) as { what: string }).what)).toEqual(['people', 'y']);
  });
});

describe('an exported log', () => {
  it('is found whole by the app and by the verifier that goes with it', async () => {
    const { lines, checkpoint } = await exported();
    const text = JSON.stringify(checkpoint);
    expect(await verifyAudit(lines, text)).toEqual({ ok: true, lines: 11, root: checkpoint.root, checkpoint });
    if (hasPython) expect(python(lines, text)).toBe('OK 0');
  });

  it.skipIf(!hasPython)('is refused by the verifier at the first wrong line, in words', async () => {
    const { lines, checkpoint } = await exported();
    const text = JSON.stringify(checkpoint);
    expect(python(lines.replace('"n":3', '"n":4'), text)).toBe('FAIL: line 5 does not follow the one before it 1');
    expect(python(lines.replace('"n":3', '"n": 3'), text)).toBe('FAIL: line 4 is not canonical 1');
    expect(python(lines.split('\n').slice(0, -2).join('\n') + '\n', text)).toBe('FAIL: 10 lines, 11 in the checkpoint 1');
    expect(python(lines, JSON.stringify({ ...checkpoint, t: '2020' }))).toBe('FAIL: the checkpoint is not signed by its key 1');
    const capitals = JSON.stringify({ ...checkpoint, signature: checkpoint.signature.toUpperCase() });
    expect(python(lines, capitals)).toMatch(/^FAIL: the signature is not/);
    expect(python('\0', text)).toMatch(/^FAIL: /);
  });

  it('signed anew by another key is another key on screen: the key is part of what is signed', async () => {
    const { lines, checkpoint } = await exported();
    const forged = await signCheckpoint(await newInstallKey(), { ...checkpoint, build: 'another' });
    expect(await verifyAudit(lines, JSON.stringify({ ...forged, key: checkpoint.key }))).toMatchObject({
      fault: 'wrong-signature'
    });
    expect(forged.key).not.toBe(checkpoint.key);
  });

  it('finds all of 10,000 tampers, and the verifier in Python a tenth of them, its arithmetic being slow', async () => {
    const { lines, checkpoint } = await exported();
    const random = seeded(20_260_302);
    const tampers: [string, string][] = [];
    while (tampers.length < 10_000) {
      const [text, check] = tampered(lines, checkpoint, random);
      if (text !== lines || check !== JSON.stringify(checkpoint)) tampers.push([text, check]);
    }
    let found = 0;
    for (const [text, check] of tampers) if (!(await verifyAudit(text, check)).ok) found++;
    expect(found).toBe(10_000);
    if (!hasPython) return;
    const file = join(folder, 'tampers.json');
    writeFileSync(file, JSON.stringify([...tampers.slice(0, 1000), [lines, JSON.stringify(checkpoint)]]));
    const counted = execFileSync('python3', ['-c', COUNT, VERIFIER, file], { encoding: 'utf8' });
    expect(counted.trim()).toBe('1000 of 1001');
  }, 120_000);
});

/** Counts the tampers that the shipped verifier refuses; the last one is the log as it was. */
const COUNT = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1]); verify = importlib.util.module_from_spec(spec); spec.loader.exec_module(verify)
def refused(lines, checkpoint):
    try: return verify.fault(lines.encode(), json.loads(checkpoint)) is not None
    except Exception: return True
all = json.load(open(sys.argv[2], encoding="utf-8"))
print(sum(refused(*one) for one in all), "of", len(all))
`;

/** Mulberry32: the same numbers on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** One change as a person with the files could make it: of a letter, a line, a figure, the order, the end, the checkpoint. */
function tampered(lines: string, checkpoint: Checkpoint, random: (below: number) => number): [string, string] {
  const rows = lines.split('\n').slice(0, -1);
  const joined = (all: readonly string[]): string => all.map((row) => `${row}\n`).join('');
  const at = random(rows.length);
  const other = random(rows.length);
  const whole = JSON.stringify(checkpoint);
  const line = rows[at] ?? '';
  const place = random(lines.length);
  const changed = (text: string, index: number): string =>
    text.slice(0, index) + String.fromCharCode(33 + random(90)) + text.slice(index + 1);
  switch (random(8)) {
    case 0:
      return [changed(lines, place), whole];
    case 1:
      return [lines.slice(0, place) + lines.slice(place + 1 + random(5)), whole];
    case 2:
      return [joined(rows.toSpliced(at, 1 + random(3))), whole];
    case 3:
      return [joined(rows.toSpliced(at, 0, rows[other] ?? '')), whole];
    case 4:
      return [joined(rows.with(at, rows[other] ?? '').with(other, line)), whole];
    case 5:
      return [joined(rows.with(at, line.replace(/"n":\d+/, `"n":${random(90)}`))), whole];
    case 6:
      return [joined(rows.with(at, line.replace(/"who":"[^"]*"/, `"who":"DC ${random(9999)}"`))), whole];
    default: {
      const member = (['root', 't', 'build', 'key', 'signature'] as const)[random(5)] ?? 'root';
      const value = checkpoint[member];
      return [lines, JSON.stringify({ ...checkpoint, [member]: changed(value, random(value.length)) })];
    }
  }
}
