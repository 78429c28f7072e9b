/**
 * [Note: Audit log]
 * What the Data Protection Act 2018, section 62, asks for: who did what with a case, and when. One line is one
 * canonical JSON object (keys sorted, no spaces, UTF-8, integers and strings alone), and each names the hash of the one
 * before it. Lines hold counts, numbers of conversations and hashes of files, never a message or a name from the
 * evidence. The time is what this device's clock said.
 */

/** The six operations of section 62. */
export const OPERATIONS = ['collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface AuditLine {
  /** From 0, without gaps. */
  readonly seq: number;
  /** Leaf hash of the line before, in hex; 64 zeros for the first. */
  readonly prev: string;
  /** The device's clock, ISO 8601 in UTC. */
  readonly t: string;
  readonly op: Operation;
  /** Name of the key slot that opened the case. */
  readonly who: string;
  readonly what: string;
  /** How many of what: messages, people, files. */
  readonly n: number;
  /** Id of the build that wrote the line. */
  readonly build: string;
}

export const FIRST_PREVIOUS = '0'.repeat(64);

/** RFC 8785 for objects that hold strings and safe integers alone. @throws TypeError for any other value. */
export function canonicalJson(value: Readonly<Record<string, string | number>>): string {
  const parts = Object.keys(value)
    .sort()
    .map((key) => {
      const one = value[key];
      if (typeof one !== 'string' && !Number.isSafeInteger(one)) throw new TypeError(`${key} is no string and no integer`);
      return `${JSON.stringify(key)}:${JSON.stringify(one)}`;
    });
  return `{${parts.join(',')}}`;
}

/** A lone half of a surrogate pair has no UTF-8 form and would not be read back as it was written. */
export function canonicalLine(line: AuditLine): string {
  return canonicalJson({ ...line, who: line.who.toWellFormed(), what: line.what.toWellFormed() });
}
