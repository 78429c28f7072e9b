/** What views may know of audit logs: their lines, and the check of a log that was handed out. */
export { OPERATIONS, type AuditLine, type Operation } from '../vault/audit/line.ts';
export { verifyAudit, type AuditFault, type AuditVerdict } from '../vault/audit/verify.ts';
