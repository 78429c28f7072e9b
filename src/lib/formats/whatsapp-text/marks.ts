/**
 * What the export writes in place of things that are not text: media left out, files attached, messages deleted,
 * edits. Each mark becomes state and attachment metadata; the words of a media mark are kept as the
 * attachment's name, so that nothing of the source is lost. In EN FR ES PT IT RO DE, and the commonest others.
 */
import { ownTable } from '../../evidence/own-table.ts';
import { MessageState, type AttachmentRecord } from '../../evidence/records.ts';
import { MARKS } from './header.ts';
import { inAllLanguages, kindNouns } from './languages.ts';
import { bareText } from './system-lines.ts';
import { tombstoneOf } from './tombstones.ts';

export interface MarkedText {
  /** Text that a person wrote: captions stay, marks go. */
  readonly body: string;
  /** `MessageState` bits that the marks state. */
  readonly state: number;
  /** Files that the text names, without their sizes. */
  readonly attachments: readonly AttachmentRecord[];
  /** True where the sender of this line must be the phone's own user ("You deleted this message"). */
  readonly byExporter: boolean;
}

const EDITED = [
  'This message was edited',
  'Edited',
  'Ce message a été modifié',
  'Se editó este mensaje',
  'Este mensaje fue editado',
  '(?:Esta mensagem foi|Mensagem) editada',
  'Questo messaggio è stato modificato',
  'Acest mesaj a fost editat',
  'Diese Nachricht wurde bearbeitet',
  ...inAllLanguages('edited')
];
/** Android, media left out: one mark for all kinds. */
const OMITTED_ANY = [
  'Media omitted',
  'Médias? omis',
  'Fichier omis',
  'Multimedia omitido',
  'Archivo omitido',
  'Mídia (?:oculta|omitida)',
  'Arquivo de mídia oculto',
  'Ficheiro (?:omitido|não revelado)',
  'Multimédia omitida',
  'Media (?:omess[oi]|non inclus[oi])',
  '(?:Fișier )?media omis[ăe]?',
  'Conținut media omis',
  'Medien (?:ausgeschlossen|weggelassen)',
  'Media weggelaten',
  ...inAllLanguages('omitted')
];
const VIEW_ONCE = [
  '(?:View once (?:voice )?message|View once (?:photo|video)) omitted',
  '(?:Message|Photo|Vidéo) (?:vocal )?à vue unique (?:omis|absent)e?'
];
const GONE = [
  'omitted|omise?s?|absent(?:e|es)?|retirée?|omitid[oa]|ocultad[oa]|ocult[oa]|omess[oae]|esclus[oa]|non inclus[oa]|omis[ăe]?|weggelassen|ausgelassen|ausgeschlossen',
  ...inAllLanguages('gone')
].join('|');
/** iOS, media left out: the kind is named. */
const KINDS: readonly (readonly [contentType: string, nouns: string])[] = [
  ['image', `image|imagen|imagem|immagine|imagine|Bild|photo|foto|fotografie|${kindNouns('image')}`],
  [
    'video',
    `video|vidéo|vídeo|video note|note vidéo|videonota|videonotă|nota de vídeo|mensagem de vídeo|Videonachricht|${kindNouns('video')}`
  ],
  [
    'audio',
    `audio|áudio|voice message|message vocal|mensaje de voz|mensagem de voz|messaggio vocale|mesaj vocal|Sprachnachricht|${kindNouns('audio')}`
  ],
  ['image/webp', `sticker|figurinha|autocollant|autocolant|adesivo|${kindNouns('sticker')}`],
  ['image/gif', `GIF|${kindNouns('gif')}`],
  [
    'text/vcard',
    `contact card|fiche (?:de )?contact|tarjeta de contacto|cartão d[eo] contato|cartão de contacto|scheda contatto|contatto|carte de vizită|fișă de contact|Kontaktkarte|${kindNouns('contact')}`
  ],
  ['', `document|documento|Dokument|${kindNouns('document')}`]
];
const ATTACHED = [
  'attached|pièce jointe|fichier joint|adjunto|anexado|anexo|allegato|atașat|atașament|atașare|Anhang|angehängt|bijgevoegd',
  ...inAllLanguages('attached')
].join('|');
const FILE_ATTACHED = [
  'file attached|fichier joint|archivo adjunto|arquivo anexado|ficheiro anexado|file allegato|fișier atașat|Datei angehängt|bestand bijgevoegd',
  ...inAllLanguages('fileAttached')
].join('|');

const OMITTED_LINE = new RegExp(`^<(?:${[...OMITTED_ANY, ...VIEW_ONCE].join('|')})\\.?>$`, 'iu');
const KIND_LINES = KINDS.map(
  // Polish and Lithuanian say "omitted" first, and Chinese puts no space between.
  ([contentType, nouns]) =>
    [
      contentType,
      new RegExp(`^(?:(.{1,200}?) • .{1,60} )?(?:(?:${nouns}) ?(?:${GONE})|(?:${GONE}) ?(?:${nouns}))$`, 'iu')
    ] as const
);
const SAYS_GONE = new RegExp(`(?:${GONE})$|^(?:.{1,200}? • .{1,60} )?(?:${GONE})`, 'iu');
const ATTACHED_LINE = new RegExp(`^<(?:${ATTACHED}) ?[:：] ?(.{1,300})>$`, 'iu');
const FILE_ATTACHED_LINE = new RegExp(`^(.{1,300}) \\((?:${FILE_ATTACHED})\\)$`, 'iu');
/** Names that the apps give to files are the same in every language, whatever stands around them. */
const ATTACHED_NAMED = /^<[\p{L}\p{M} ]{1,40} ?[:：] ?(\d{5,10}-[A-Z_]{2,12}-\d{4}-[\d-]{5,20}\.\w{2,5})>$/u;
const FILE_ATTACHED_NAMED = /^((?:IMG|VID|AUD|PTT|STK|DOC|GIF)-\d{8}-WA\d{4}\.\w{2,5}) \([\p{L}\p{M} ]{2,60}\)$/u;
const EDITED_TAIL = new RegExp(`^<(?:${EDITED.join('|')})\\.?>[\\u200e\\u200f ]{0,8}$`, 'iu');
/** Longest text of a mark at the end of a message. */
const TAIL_LIMIT = 340;

/**
 * Reads the marks of one message. `text` is all of it, lines joined by LF. `isIos`: "image omitted" alone on its
 * line is a mark in the layouts of iOS; Android writes such words only between angle brackets.
 */
export function readMarks(text: string, isIos: boolean): MarkedText {
  let body = text;
  let state = 0;
  let open = body.lastIndexOf('<');
  if (open >= 0 && body.length - open <= TAIL_LIMIT && EDITED_TAIL.test(body.slice(open))) {
    body = withoutEnd(body, open);
    state |= MessageState.edited;
    open = body.lastIndexOf('<');
  }
  const end = body.indexOf('\n');
  const firstRaw = end < 0 ? body : body.slice(0, end);
  const first = bareText(firstRaw);
  const caption = end < 0 ? '' : body.slice(end + 1);
  if (end < 0 && first.length < 200) {
    const deletedBy = tombstoneOf(first);
    if (deletedBy !== null) {
      const byExporter = deletedBy === 'exporter';
      return { body: withoutLeadingMark(body), state: state | MessageState.tombstone, attachments: [], byExporter };
    }
  }
  const media = mediaOf(first, isIos);
  if (media !== null) return { body: caption, state: state | media.state, attachments: [media.attachment], byExporter: false };
  // iOS puts the caption before the mark, on its own line or behind a direction mark.
  const tail = open > 0 && body.length - open <= TAIL_LIMIT ? mediaOf(bareText(body.slice(open)), isIos) : null;
  if (tail !== null)
    return { body: withoutEnd(body, open), state: state | tail.state, attachments: [tail.attachment], byExporter: false };
  return { body, state, attachments: [], byExporter: false };
}

function mediaOf(bare: string, isIos: boolean): { state: number; attachment: AttachmentRecord } | null {
  if (bare.length === 0 || bare.length > 400) return null;
  // Most lines are no marks: their ends say so before any of the long patterns is tried.
  const isAngled = bare.startsWith('<') && bare.endsWith('>');
  if (isAngled && OMITTED_LINE.test(bare)) {
    const voice = /voice|vocal/i.test(bare) ? MessageState.voiceNote : 0;
    return { state: MessageState.mediaOmitted | voice, attachment: { name: bare } };
  }
  const attached = isAngled
    ? (ATTACHED_LINE.exec(bare) ?? ATTACHED_NAMED.exec(bare))
    : bare.endsWith(')')
      ? (FILE_ATTACHED_LINE.exec(bare) ?? FILE_ATTACHED_NAMED.exec(bare))
      : null;
  if (attached !== null) {
    const name = attached[1] as string;
    const contentType = contentTypeOf(name);
    return {
      state: isVoiceNote(name) ? MessageState.voiceNote : 0,
      attachment: contentType === '' ? { name } : { name, contentType }
    };
  }
  const plain = isAngled ? bare.slice(1, -1) : bare;
  if (!isIos || !SAYS_GONE.test(plain)) return null;
  for (const [contentType, pattern] of KIND_LINES) {
    const m = pattern.exec(plain);
    if (m === null) continue;
    const state = MessageState.mediaOmitted | (contentType === 'audio' ? MessageState.voiceNote : 0);
    const name = m[1] ?? bare;
    return { state, attachment: contentType === '' ? { name } : { name, contentType } };
  }
  return null;
}

/** Voice notes are named PTT-... by Android and ...-AUDIO-....opus by iOS. */
function isVoiceNote(name: string): boolean {
  return /^PTT-/i.test(name) || /-AUDIO-.*\.(?:opus|m4a)$/i.test(name) || (/^AUD-/i.test(name) && /\.opus$/i.test(name));
}

const TYPES: Readonly<Record<string, string>> = ownTable({
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  '3gp': 'video/3gpp',
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  amr: 'audio/amr',
  pdf: 'application/pdf',
  vcf: 'text/vcard',
  txt: 'text/plain'
});

/** Media type by the file's ending; '' where it says nothing. */
function contentTypeOf(name: string): string {
  return TYPES[/\.([a-z0-9]{1,5})$/i.exec(name.replace(MARKS, ''))?.[1]?.toLowerCase() ?? ''] ?? '';
}

/** The text before `end`, without the spaces and direction marks there. A loop, since a pattern would try each of a million spaces. */
function withoutEnd(text: string, end: number): string {
  let at = end;
  while (at > 0 && ' \n\u00a0\u200e\u200f'.includes(text[at - 1] as string)) at--;
  return text.slice(0, at);
}

/** The direction mark that iOS puts before its own words. */
function withoutLeadingMark(text: string): string {
  return text.startsWith('\u200e') ? text.slice(1) : text;
}
