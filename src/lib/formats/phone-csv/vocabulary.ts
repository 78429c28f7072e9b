/**
 * Words of table headers and cells, in English, French, Spanish, German and, where they differ, Portuguese,
 * Italian and Romanian. Headers are compared as `plainHeader` gives them: lower case, no accents.
 */
import type { Role, RowKind } from './recipe.ts';

/** Score of a header for a role: 1 where it can hardly be anything else, less where it is one word of several. */
export const HEADER_WORDS: readonly (readonly [role: Role, score: number, pattern: RegExp])[] = [
  // Any of time, date, clock: what the cells look like decides which.
  [
    'time',
    1,
    /^(?:time ?stamp|date ?time|date (?:and )?time|time (?:and )?date|date heure|date et heure|horodatage|fecha (?:y )?hora|datum (?:und )?(?:uhr)?zeit|zeitstempel|data (?:e )?(?:hora|ora))( (?:local|utc|gmt).*)?$/
  ],
  [
    'time',
    0.95,
    /^time ?stamp .{1,20}$|^(?:message |call |sms )?(?:sent|start|event|call|message|creation|created) ?(?:date|time|date time|on|at|timestamp)( .{1,12})?$/
  ],
  [
    'time',
    0.9,
    /^(?:date|time|datum|fecha|data|heure|hora|uhrzeit|zeit|ora|when|day|jour|dia|tag)(?: (?:utc|gmt|local|bst|and time|d envoi|envoi|de envio|appel|llamada|anruf)( .{0,10})?)?$/
  ],
  ['time', 0.5, /\b(?:date|time ?stamp|time|datum|fecha|heure|hora|uhrzeit|zeit)\b/],
  [
    'from',
    1,
    /^(?:from|from (?:number|phone|address|account|party|user|id)|sender(?: (?:number|phone|id|address|account))?|a (?:number|party)|calling (?:party|number)|caller(?: (?:number|id))?|originating (?:number|address)|source (?:number|msisdn)|de|expediteur|emetteur|numero appelant|appelant|remitente|emisor|absender|von|anrufer|mittente|da|remetente|expeditor|de la)$/
  ],
  [
    'to',
    1,
    /^(?:to|to (?:number|phone|address|account|party|user|id)|recipient ?s?(?: (?:number|phone|id|address|account)s?)?|receiver|b (?:number|party)|called (?:party|number)|callee|dialled (?:number|digits)|dialed (?:number|digits)|destination(?: (?:number|address|msisdn))?|destinataire|numero appele|appele|para|destinatario|receptor|empfanger|angerufener|destinatar|catre)$/
  ],
  // One letter or two: believed only where the cells agree.
  ['to', 0.4, /^(?:a|an)$/],
  [
    'fromName',
    1,
    /^(?:from|sender|caller) (?:name|display name|contact)$|^(?:nom (?:de l )?(?:expediteur|emetteur)|nombre (?:del )?remitente|name absender|absendername)$/
  ],
  [
    'toName',
    1,
    /^(?:to|recipient ?s?|receiver|callee) (?:name|display name|contact)s?$|^(?:nom (?:du )?destinataire|nombre (?:del )?destinatario|empfangername)$/
  ],
  [
    'party',
    1,
    /^(?:part(?:y|ies)|participants?|number|phone(?: number)?|telephone(?: number)?|tel|mobile(?: (?:number|phone))?|msisdn|contact (?:phone )?number|contact phone|correspondent(?: id)?|other party|counterpart|numero(?: de)?(?: tel(?:ephone|efono)?)?|telefono|nummer|rufnummer|telefonnummer|telefon(?:e)?|numar(?: de)?(?: telefon)?|correspondant|interlocuteur|contraparte)$/
  ],
  ['party', 0.4, /^(?:address|adresse|direccion|indirizzo|endereco)$/],
  ['party', 0.6, /\b(?:phone|telephone|msisdn|mobile number|rufnummer)\b/],
  [
    'partyName',
    0.9,
    /^(?:contact(?: name)?|party name|name|display name|full name|nom(?: (?:du|de) contact)?|nombre(?: (?:del|de) contacto)?|kontakt(?:name)?|nome(?: contato)?|nume)$/
  ],
  [
    'direction',
    1,
    /^(?:direction|dir|in out|inbound outbound|incoming outgoing|sens|direccion|richtung|direcao|direzione|directie|sent received|folder|dossier|carpeta|ordner)$/
  ],
  [
    'body',
    1,
    /^(?:body|text|message|message (?:body|text|content|contents)|content|contents|sms(?: (?:text|body))?|texte|contenu|corps|message texte|texto|mensaje|contenido|cuerpo|nachricht|inhalt|nachrichtentext|mensagem|conteudo|messaggio|testo|mesaj|continut|snippet|chat message|note)$/
  ],
  [
    'duration',
    1,
    /^(?:(?:call )?duration(?: (?:s|sec|secs|seconds|in seconds|hh mm ss))?|call length|length|duree(?: .{0,12})?|duracion(?: .{0,12})?|dauer(?: .{0,12})?|gesprachsdauer|duracao|durata|talk time)$/
  ],
  [
    'service',
    1,
    /^(?:source|app|application|related application|service|service name|platform|source app(?:lication)?|app name|network service|plateforme|aplicacion|servicio|plataforma|anwendung|dienst|quelle|aplicativo|applicazione|aplicatie)$/
  ],
  [
    'type',
    1,
    /^(?:type|interaction|event type|record type|message type|call type|type of (?:record|event|call|message)|kind|category|model|artifact(?: type)?|tipo(?: de .{1,12})?|typ|art|categorie|categoria|genre)$/
  ],
  [
    'thread',
    1,
    /^(?:chat|chat (?:id|name|title|#|number)|thread(?: ?id| name)?|conversation(?: id| name)?|group(?: name| chat)?|session(?: id)?|chat session|room|discussion|conversacion|conversa|unterhaltung|gruppe|gruppo|grup)$/
  ],
  [
    'status',
    1,
    /^(?:status|state|read status|message status|call status|result|outcome|answered|etat|statut|estado|zustand|stato|stare)$/
  ],
  [
    'deleted',
    1,
    /^(?:deleted|is deleted|deletion|deleted state|recovered|supprime|eliminado|borrado|geloscht|apagado|cancellato|sters)$/
  ],
  [
    'attachment',
    1,
    /^(?:attachments?|attachment (?:#? ?\d+|name|names|file|files|path)s?|media(?: (?:file|name|path))?|file ?names?|files?|piece jointe|pieces jointes|fichiers?|adjuntos?|archivos?|anhang|anhange|anexos?|allegat[oi]|atasament|fisier)( #? ?\d+)?$/
  ],
  ['latitude', 1, /^(?:lat(?:itude)?|latitud|breite(?:ngrad)?|latitudine)$/],
  ['longitude', 1, /^(?:lon(?:g|gitude)?|lng|longitud|lange(?:ngrad)?|longitudine)$/],
  ['itemId', 0.9, /^(?:#|id|message id|record id|call id|guid|uuid|row ?id|identifier|index|no|nr|num|item)$/]
];

/** Headers of times that are not when a thing was sent or made. */
export const OTHER_TIMES =
  /\b(?:delivered|delivery|read|seen|played|modified|modification|edited|deleted|end|ended|expir\w*|download\w*|extract\w*|received on device|last \w+|birth\w*|lu|leido|gelesen|livre|entregado|zugestellt)\b/;

/** Words of a type cell, in lower case without accents. */
export const KIND_WORDS: Readonly<Record<Exclude<RowKind, 'generic'>, readonly string[]>> = {
  message: [
    'sms',
    'mms',
    'rcs',
    'text',
    'texto',
    'texte',
    'text message',
    'message',
    'messages',
    'instant message',
    'instant messages',
    'im',
    'chat',
    'chat message',
    'imessage',
    'sms message',
    'sms messages',
    'mms message',
    'mms messages',
    'mensaje',
    'mensagem',
    'nachricht',
    'messaggio',
    'mesaj',
    'email',
    'e mail',
    'inbox',
    'sent',
    'whatsapp message',
    'image',
    'video',
    'audio',
    'voice',
    'voice message',
    'sticker',
    'document',
    'gif'
  ],
  call: [
    'call',
    'calls',
    'voice call',
    'video call',
    'phone call',
    'call log',
    'incoming call',
    'outgoing call',
    'missed call',
    'rejected call',
    'appel',
    'appel vocal',
    'appel video',
    'llamada',
    'anruf',
    'chamada',
    'ligacao',
    'chiamata',
    'apel',
    'missed',
    'rejected',
    'dialed',
    'dialled',
    'dialed call',
    'facetime',
    'facetime audio',
    'facetime video',
    'voicemail',
    'blocked',
    'answered'
  ],
  contact: ['contact', 'contacts', 'contacto', 'kontakt', 'contato', 'contatto', 'phonebook entry', 'address book'],
  location: ['location', 'locations', 'gps', 'position', 'localisation', 'ubicacion', 'standort', 'waypoint', 'place']
};

export const DIRECTION_WORDS: { readonly incoming: readonly string[]; readonly outgoing: readonly string[] } = {
  incoming: [
    'in',
    'incoming',
    'inbound',
    'received',
    'recieved',
    'inbox',
    'from',
    'mt',
    'missed',
    'rejected',
    'i',
    'incoming call',
    'missed call',
    'entrant',
    'recu',
    'appel entrant',
    'manque',
    'entrante',
    'recibido',
    'recibida',
    'perdida',
    'eingehend',
    'eingang',
    'empfangen',
    'verpasst',
    'recebido',
    'recebida',
    'entrada',
    'in arrivo',
    'ricevuto',
    'ricevuta',
    'persa',
    'primit',
    'intrare'
  ],
  outgoing: [
    'out',
    'outgoing',
    'outbound',
    'sent',
    'outbox',
    'to',
    'mo',
    'o',
    'dialed',
    'dialled',
    'outgoing call',
    'sortant',
    'envoye',
    'appel sortant',
    'emis',
    'saliente',
    'enviado',
    'enviada',
    'ausgehend',
    'ausgang',
    'gesendet',
    'gewahlt',
    'saida',
    'in uscita',
    'inviato',
    'inviata',
    'trimis',
    'iesire',
    'drafts',
    'draft'
  ]
};

/** Names of applications as tables spell them, to the names that the other readers use. */
export function serviceOf(cell: string): string {
  const lower = cell.trim().toLowerCase();
  if (lower.startsWith('whatsapp')) return 'whatsapp';
  if (lower.startsWith('telegram')) return 'telegram';
  if (lower.startsWith('signal')) return 'signal';
  if (/^(?:sms|native(?: messages?)?|text messages?|android messages?|messages|sms\/mms|sms messages?)$/.test(lower))
    return 'sms';
  if (/^(?:mms|mms messages?)$/.test(lower)) return 'mms';
  if (/^(?:phone|call log|native calls?|calls|telephone|voice)$/.test(lower)) return 'phone';
  return lower;
}

/** Applications that a title line or a file name gives away. */
const NAMED_SERVICE =
  /\b(whatsapp|telegram|signal|viber|facebook messenger|instagram|snapchat|imessage|facetime|wechat|kik|discord|skype)\b/i;

export function serviceInText(text: string): string | null {
  return NAMED_SERVICE.exec(text.replace(/_/g, ' '))?.[1]?.toLowerCase() ?? null;
}
