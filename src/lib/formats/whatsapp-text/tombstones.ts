/** What stands where a message was deleted. The sender is a person: such a line is no line of the app's own. */
import { inAllLanguages } from './languages.ts';

const DELETED_BY_EXPORTER = [
  'You deleted this message(?: as an? admin)?',
  'Vous avez supprimé ce message',
  'Eliminaste este mensaje',
  'Você apagou (?:esta|essa) mensagem|Apagou esta mensagem|Eliminou esta mensagem|Apagaste esta mensagem',
  'Hai eliminato questo messaggio',
  '(?:Ați|Ai) șters acest mesaj',
  'Du hast diese Nachricht gelöscht',
  ...inAllLanguages('deletedByExporter')
];
const DELETED = [
  'This message was deleted(?: by admin .{1,100})?',
  '(?:Ce message|Le message) a été supprimé(?: par .{1,100})?',
  '(?:Se eliminó este mensaje|Este mensaje fue eliminado|Se ha eliminado este mensaje|Mensaje eliminado)(?: por .{1,100})?',
  '(?:Mensagem apagada|Esta mensagem foi (?:apagada|eliminada)|Essa mensagem foi apagada)(?: por .{1,100})?',
  '(?:Questo|Il) messaggio è stato eliminato(?: da .{1,100})?',
  'Acest mesaj a fost șters(?: de .{1,100})?',
  'Diese Nachricht wurde gelöscht|Diese Nachricht wurde von .{1,100} gelöscht',
  ...inAllLanguages('deleted')
];

const whole = (sources: readonly string[]): RegExp => new RegExp(`^(?:${sources.join('|')})$`, 'iu');
const BY_EXPORTER = whole(DELETED_BY_EXPORTER);
const BY_SENDER = whole(DELETED);

/** @param bare a line without direction marks and final stop; null where it is something else */
export function tombstoneOf(bare: string): 'exporter' | 'sender' | null {
  if (BY_EXPORTER.test(bare)) return 'exporter';
  return BY_SENDER.test(bare) ? 'sender' : null;
}
