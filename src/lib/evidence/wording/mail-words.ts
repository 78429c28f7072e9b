/** E-mail: single messages and mailboxes. */
export const MAIL_WORDS = {
  'mail-zip-without': {
    en: '{file} is a zip without e-mails (.eml) or mailboxes (.mbox).',
    fr: '{file} est un zip sans courriels (.eml) ni boîtes (.mbox).'
  },
  'mail-none': { en: '{where} holds no e-mail.', fr: '{where} ne contient aucun courriel.' },
  'mail-too-large': {
    en: 'This e-mail is larger than {most} bytes and was not opened.',
    fr: 'Ce courriel dépasse {most} octets et n’a pas été ouvert.'
  },
  'mail-unreadable': {
    en: 'This e-mail cannot be taken apart ({reason}).',
    fr: 'Ce courriel ne peut pas être décomposé ({reason}).'
  },
  'mail-bare': {
    en: 'This e-mail has neither date, sender, subject nor text.',
    fr: 'Ce courriel n’a ni date, ni expéditeur, ni objet, ni texte.'
  },
  'mails-folded': {
    en: 'E-mails that stand in the mailbox more than once and were folded: {times}.',
    fr: 'Courriels présents plusieurs fois dans la boîte et réunis : {times}.'
  },
  'mails-of-html': {
    en: 'E-mails without a plain text, shown by the text of their HTML; the HTML is kept beside it: {times}.',
    fr: 'Courriels sans texte brut, montrés par le texte de leur HTML ; le HTML est gardé à côté : {times}.'
  },
  'mail-count': { en: '{mails} {mails|e-mail|e-mails}', fr: '{mails} {mails|courriel|courriels}' },
  'mail-ask-owner': {
    en: 'E-mails do not say which address is that of the device.',
    fr: 'Les courriels ne disent pas quelle adresse est celle de l’appareil.'
  }
} as const;
