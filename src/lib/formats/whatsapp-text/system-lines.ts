/**
 * Lines that WhatsApp itself wrote: encryption notices, groups made and left, numbers changed, calls. In English,
 * French, Spanish, Portuguese, Italian, Romanian and German here, and in those of languages.ts. A line without a sender is a system line in any
 * language; the patterns are needed where the export puts a name before it (iOS), where the line holds a colon,
 * and to tell a group from a conversation of two.
 *
 * Source of the wordings: the strings shown by the apps; each is matched without direction marks and final stop.
 */
import { MARKS } from './header.ts';
import { groupLines, inAllLanguages } from './languages.ts';
import { tombstoneOf } from './tombstones.ts';

export type SystemKind = 'encryption' | 'group' | 'number-changed' | 'call' | 'other';

export interface SystemLine {
  readonly kind: SystemKind;
  /** Name of the group where the line states it. */
  readonly groupName?: string;
}

const NAME = '(?:.{1,100}?)';
const QUOTED = '["“”«„]\\s?(?<group>.{1,100}?)\\s?["“”»]';

const ENCRYPTION = [
  'Messages (?:and calls |you send to this (?:chat|group) (?:and calls )?)?(?:are|are now secured with) end-to-end encrypt(?:ed|ion)',
  'Les messages (?:et (?:les )?appels |que vous envoyez .{0,60}|.{0,40})?(?:sont|sont désormais) (?:chiffrés|protégés)',
  'Los mensajes(?: y las llamadas)? (?:están cifrados|.{0,60}cifrad[oa]s?) de extremo a extremo',
  'Los mensajes .{0,80}cifrado de extremo a extremo',
  'As mensagens(?: e (?:as )?(?:chamadas|ligações))? .{0,80}(?:criptografia|encriptad|criptografad|protegid)',
  'I messaggi(?: e le chiamate)? .{0,80}crittograf',
  'Mesajele(?: și apelurile| și apelurile)? .{0,80}criptat',
  'Nachrichten(?: und Anrufe)? .{0,80}(?:Ende-zu-Ende|verschlüsselt)',
  ...inAllLanguages('encryption').map((one) => `(?:${one})`)
];

/** Things that only happen in groups. `%` stands for a name or number. */
const GROUP = [
  // English
  `%(?: \\(You\\))? created (?:this )?group(?: ${QUOTED})?`,
  `% changed (?:the|this) (?:subject|group's? name|group name)(?: from ".{0,100}?")? to ${QUOTED}`,
  "% changed (?:the|this) group(?:'s|’s)? (?:icon|description|settings|photo)(?: .{0,80})?",
  "% (?:deleted|removed) (?:the|this) group(?:'s|’s)? (?:icon|description)",
  '% (?:was|were) (?:added|removed|invited)(?: to .{0,80})?',
  '(?!.*: )% added (?:you|.{1,200})',
  '% removed (?:you|.{1,200})',
  '% left',
  "% joined (?:using|from) (?:this|a|your|the) (?:group(?:'s|’s)?|community) ?(?:invite )?(?:link)?",
  '% (?:is|are) (?:now|no longer) an admin',
  "You(?:'re|’re) (?:now|no longer) an admin",
  // French
  `% (?:a|avez) créé (?:ce|le) groupe(?: ${QUOTED})?`,
  `% (?:a|avez) (?:modifié|changé) (?:le sujet|le nom du groupe|l['’]objet)(?: de ".{0,100}?")? (?:en|pour|par|:) ?${QUOTED}`,
  "% (?:a|avez) (?:modifié|changé|supprimé) (?:l['’]icône|la description|les paramètres|l['’]image) (?:du|de ce) groupe",
  '% (?:a|avez) (?:ajouté|retiré|supprimé) .{1,200}',
  '% (?:vous )?a (?:ajouté|retiré)(?: .{1,200})?',
  '% (?:a|avez) (?:été ajouté|été retiré|quitté|rejoint).{0,80}',
  'Vous avez quitté(?: le groupe)?',
  // Spanish
  `% (?:creó|creaste) (?:el|este) grupo(?: ${QUOTED})?`,
  `% (?:cambió|cambiaste) (?:el asunto|el nombre del grupo)(?: de ".{0,100}?")? (?:a|por) ${QUOTED}`,
  '% (?:cambió|cambiaste|eliminó|eliminaste) (?:el ícono|el icono|la descripción|los ajustes|la imagen) de(?:l| este) grupo',
  '% (?:añadió|agregó|te añadió|te agregó|añadiste|agregaste|eliminó|eliminaste|sacó) a .{1,200}',
  '% te (?:añadió|agregó|eliminó)',
  '(?:Te añadieron|Te agregaron|Saliste|Se te añadió)(?: .{0,80})?',
  '% (?:salió|se unió|abandonó)(?: .{0,80})?',
  // Portuguese
  `% (?:criou|criaste) (?:o|este) grupo(?: ${QUOTED})?`,
  `% (?:mudou|alterou|mudaste) (?:o assunto|o nome do grupo)(?: de ".{0,100}?")? para ${QUOTED}`,
  '% (?:mudou|alterou|apagou|removeu) (?:a imagem|o ícone|a descrição|as configurações|as definições) (?:do|deste) grupo',
  '% (?:adicionou|removeu) .{1,200}',
  '% (?:saiu|entrou usando|foi adicionad[oa]|foi removid[oa])(?: .{0,80})?',
  '(?:Você foi adicionad[oa]|Foi adicionad[oa]|Você saiu)(?: .{0,80})?',
  // Italian
  `% (?:ha|hai) creato (?:il|questo) gruppo(?: ${QUOTED})?`,
  `% (?:ha|hai) (?:cambiato|modificato) (?:l['’]oggetto|il nome del gruppo)(?: da ".{0,100}?")? in ${QUOTED}`,
  "% (?:ha|hai) (?:cambiato|modificato|eliminato) (?:l['’]icona|l['’]immagine|la descrizione|le impostazioni) (?:del|di questo) gruppo",
  '% (?:ti ha|ha|hai) (?:aggiunto|rimosso)(?: .{1,200})?',
  '% (?:ha abbandonato|è uscit[oa]|si è unit[oa]|è stat[oa] (?:aggiunt|rimoss)[oa])(?: .{0,80})?',
  '(?:Sei stat[oa] aggiunt[oa]|Hai abbandonato)(?: .{0,80})?',
  // Romanian
  `% (?:a|ați|ai) creat (?:grupul|acest grup)(?: ${QUOTED})?`,
  `% (?:a|ați|ai) (?:schimbat|modificat) (?:subiectul|numele grupului)(?: din ".{0,100}?")? (?:în|la|cu) ${QUOTED}`,
  '% (?:a|ați|ai) (?:schimbat|modificat|șters) (?:pictograma|imaginea|descrierea|setările) (?:grupului|acestui grup)',
  '% (?:v-a|te-a|l-a|a|ați|ai) (?:adăugat|eliminat|înlăturat|scos)(?: .{1,200})?',
  '% (?:a părăsit|a ieșit|s-a alăturat|a fost (?:adăugat|eliminat)ă?)(?: .{0,80})?',
  '(?:Ați fost adăugat|Ai fost adăugat|Ați ieșit|Ai ieșit)ă?(?: .{0,80})?',
  // German
  `% (?:hat|hast|haben) (?:die|diese) Gruppe(?: ${QUOTED})? erstellt`,
  `% (?:hat|hast|haben) den (?:Betreff|Gruppennamen)(?: von ".{0,100}?")? (?:zu|in) ${QUOTED} geändert`,
  '% (?:hat|hast|haben) (?:das Gruppenbild|die Gruppenbeschreibung|die Gruppeneinstellungen|das Bild dieser Gruppe) (?:geändert|gelöscht|entfernt)',
  '% (?:hat|hast|haben) .{1,200} (?:hinzugefügt|entfernt)',
  '% (?:hat|hast|haben) die Gruppe verlassen',
  '% (?:wurde|wurdest|ist)(?: .{0,60})? (?:hinzugefügt|entfernt|beigetreten)',
  'Du wurdest hinzugefügt',
  ...groupLines()
];

const NUMBER_CHANGED = [
  '% changed (?:their|his|her|your|to a new) (?:phone )?number(?:.{0,160})?',
  '% changed to \\+?[\\d ()\\u00a0-]{6,}',
  '% (?:a|avez) changé de numéro(?:.{0,160})?',
  '% (?:a changé|a modifié) son numéro(?:.{0,160})?',
  '% (?:cambió|ha cambiado) (?:su|de) número(?:.{0,160})?',
  '% (?:mudou|alterou) (?:de|o seu|seu) número(?:.{0,160})?',
  '% ha cambiato (?:il suo )?numero(?:.{0,160})?',
  '% (?:și-a|a) schimbat numărul(?:.{0,160})?',
  '% hat (?:die|seine|ihre) (?:Telefonnummer|Handynummer|Nummer) (?:gewechselt|geändert)(?:.{0,160})?',
  ...inAllLanguages('numberChanged').map((one) => `(?:${one})`)
];

const CALL = [
  '(?:Missed |Silenced )?(?:group )?(?:voice|video) call(?:[.,:]? .{0,60})?',
  'Appel (?:vocal|vidéo)(?: (?:manqué|en absence))?(?:.{0,60})?',
  '(?:Llamada|Videollamada)(?: de (?:voz|vídeo|video))?(?: perdida)?(?:.{0,60})?',
  '(?:Ligação|Chamada) de (?:voz|vídeo)(?: perdida)?(?:.{0,60})?',
  '(?:Chiamata vocale|Videochiamata|Chiamata)(?: persa)?(?:.{0,60})?',
  'Apel (?:vocal|video)(?: (?:pierdut|nepreluat))?(?:.{0,60})?',
  '(?:Verpasster )?(?:Sprachanruf|Videoanruf)(?:.{0,60})?',
  ...inAllLanguages('call').map((one) => `(?:${one})`)
];

const OTHER = [
  '(?:Your )?[Ss]ecurity code (?:with .{1,100} )?changed(?:.{0,120})?',
  'Le code de sécurité .{0,120}changé.{0,80}',
  'El código de seguridad .{0,120}(?:cambió|ha cambiado).{0,80}',
  'O (?:seu )?código de segurança .{0,120}mudou.{0,80}',
  'Il codice di sicurezza .{0,120}cambiato.{0,80}',
  'Codul (?:de securitate|dvs\\. de securitate) .{0,120}schimbat.{0,80}',
  'Die Sicherheitsnummer .{0,120}geändert.{0,80}',
  '(?:You|%) turned (?:on|off) disappearing messages.{0,120}',
  '% (?:started|is using) (?:a call|a default timer).{0,160}',
  '(?:You blocked|You unblocked) this contact.{0,80}',
  'This (?:business|chat) .{0,160}',
  '% (?:is a contact|is using WhatsApp).{0,80}',
  '% pinned a message',
  'Waiting for this message.{0,120}'
];

function patterns(sources: readonly string[]): RegExp[] {
  return sources.map((source) => new RegExp(`^${source.replaceAll('%', NAME)}$`, 'iu'));
}

// A notice runs on for sentences: only its beginning is matched.
const ENCRYPTION_PATTERNS = ENCRYPTION.map((source) => new RegExp(`^${source}`, 'iu'));
const TABLES: readonly (readonly [SystemKind, readonly RegExp[]])[] = [
  ['number-changed', patterns(NUMBER_CHANGED)],
  ['group', patterns(GROUP)],
  ['call', patterns(CALL)],
  ['other', patterns(OTHER)]
];
const LONGEST = 600;

/** Text without direction marks, outer spaces and a final stop, for comparison only. */
export function bareText(text: string): string {
  return text
    .replace(MARKS, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

/** True for the notice that chats are encrypted, in any of the languages. Nobody types it by hand. */
export function isEncryptionNotice(text: string): boolean {
  const bare = bareText(text);
  return bare.length <= LONGEST && ENCRYPTION_PATTERNS.some((pattern) => pattern.test(bare));
}

/** What kind of system line the whole text is; null where it is none that is known. */
export function systemLineOf(text: string): SystemLine | null {
  const bare = bareText(text);
  if (bare.length > LONGEST || bare.length === 0) return null;
  if (ENCRYPTION_PATTERNS.some((pattern) => pattern.test(bare))) return { kind: 'encryption' };
  // "You deleted this message" is worded like "you removed" in some languages.
  if (tombstoneOf(bare) !== null) return null;
  for (const [kind, table] of TABLES) {
    for (const pattern of table) {
      const m = pattern.exec(bare);
      if (m === null) continue;
      const group = m.groups?.['group'];
      return group === undefined ? { kind } : { kind, groupName: group };
    }
  }
  return null;
}
