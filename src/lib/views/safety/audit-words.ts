/** Lines and verdicts of an audit log in the reader's language. What a line says of its matter stays as it is exported. */
import { OPERATIONS, type AuditFault, type AuditLine, type Operation } from '$lib/case/audit.ts';
import { m } from '$lib/paraglide/messages.js';

const WORDS: Readonly<Record<Operation, () => string>> = {
  collection: m.audit_collection,
  alteration: m.audit_alteration,
  consultation: m.audit_consultation,
  disclosure: m.audit_disclosure,
  combination: m.audit_combination,
  erasure: m.audit_erasure
};

export const operationWords = (operation: Operation): string =>
  OPERATIONS.includes(operation) ? WORDS[operation]() : String(operation);

/** Lines come from the open case's own log, which wrote them. */
export const readLine = (line: string): AuditLine => JSON.parse(line) as AuditLine;

export function faultWords(fault: AuditFault, line: number | null): string {
  const words = {
    'not-a-line': m.audit_fault_line,
    'not-canonical': m.audit_fault_canonical,
    'wrong-number': m.audit_fault_number,
    'broken-chain': m.audit_fault_chain,
    'unknown-operation': m.audit_fault_operation,
    'wrong-size': m.audit_fault_size,
    'wrong-root': m.audit_fault_root,
    'wrong-signature': m.audit_fault_signature,
    'not-a-checkpoint': m.audit_fault_checkpoint
  }[fault]();
  return line === null ? words : m.audit_fault_at({ line, words });
}
