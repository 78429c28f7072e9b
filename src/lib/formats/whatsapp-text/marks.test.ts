import { describe, expect, it } from 'vitest';
import { MessageState as S } from '../../evidence/records.ts';
import { readMarks } from './marks.ts';

describe('marks in place of things that are not text', () => {
  it.each([
    '<Media omitted>',
    '<Médias omis>',
    '<Multimedia omitido>',
    '<Mídia oculta>',
    '<Ficheiro omitido>',
    '<Media omessi>',
    '<Fișier media omis>',
    '<Medien ausgeschlossen>'
  ])('%s', (text) => {
    expect(readMarks(text, false)).toMatchObject({ body: '', state: S.mediaOmitted, attachments: [{ name: text }] });
  });

  it.each([
    ['\u200eimage omitted', 'image'],
    ['\u200eimage absente', 'image'],
    ['\u200eimagen omitida', 'image'],
    ['\u200eimagem ocultada', 'image'],
    ['\u200eimmagine omessa', 'image'],
    ['\u200eBild weggelassen', 'image'],
    ['\u200eimagine omisă', 'image'],
    ['<\u200evideo omitted>', 'video'],
    ['\u200esticker omitted', 'image/webp'],
    ['\u200eGIF omitted', 'image/gif'],
    ['\u200eContact card omitted', 'text/vcard']
  ])('%s is a kind of medium on iOS', (text, contentType) => {
    const marked = readMarks(text, true);
    expect(marked).toMatchObject({ body: '', state: S.mediaOmitted });
    expect(marked.attachments[0]?.contentType).toBe(contentType);
  });

  it('takes such words as text where Android writes them', () => {
    expect(readMarks('image omitted', false)).toMatchObject({ body: 'image omitted', state: 0, attachments: [] });
  });

  it('knows voice notes', () => {
    expect(readMarks('\u200eaudio omitted', true).state).toBe(S.mediaOmitted | S.voiceNote);
    expect(readMarks('PTT-20240312-WA0001.opus (file attached)', false).state).toBe(S.voiceNote);
    expect(readMarks('\u200e<attached: 00000012-AUDIO-2024-03-12-14-05-11.opus>', true).state).toBe(S.voiceNote);
    expect(readMarks('song.mp3 (file attached)', false).state).toBe(0);
    expect(readMarks('<View once voice message omitted>', false).state).toBe(S.mediaOmitted | S.voiceNote);
  });

  it.each([
    ['\u200e<attached: a b.jpg>', 'a b.jpg'],
    ['\u200e<pièce jointe : photo.jpg>', 'photo.jpg'],
    ['\u200e<adjunto: photo.jpg>', 'photo.jpg'],
    ['\u200e<anexado: photo.jpg>', 'photo.jpg'],
    ['\u200e<allegato: photo.jpg>', 'photo.jpg'],
    ['\u200e<Anhang: photo.jpg>', 'photo.jpg'],
    ['\u200e<atașat: photo.jpg>', 'photo.jpg'],
    ['\u200ephoto.jpg (file attached)', 'photo.jpg'],
    ['photo.jpg (fichier joint)', 'photo.jpg'],
    ['photo.jpg (archivo adjunto)', 'photo.jpg'],
    ['photo.jpg (arquivo anexado)', 'photo.jpg'],
    ['photo.jpg (file allegato)', 'photo.jpg'],
    ['photo.jpg (fișier atașat)', 'photo.jpg'],
    ['photo.jpg (Datei angehängt)', 'photo.jpg']
  ])('%s', (text, name) => {
    expect(readMarks(text, true).attachments).toEqual([{ name, contentType: 'image/jpeg' }]);
  });

  it('keeps captions before and after the mark', () => {
    expect(readMarks('IMG-1.jpg (file attached)\nlook at this\nnow', false)).toMatchObject({
      body: 'look at this\nnow',
      attachments: [{ name: 'IMG-1.jpg' }]
    });
    expect(readMarks('look \u200e<attached: 1-PHOTO.jpg>', true)).toMatchObject({
      body: 'look',
      attachments: [{ name: '1-PHOTO.jpg' }]
    });
    expect(readMarks('plan.pdf • \u200e3 pages \u200edocument omitted', true)).toMatchObject({
      body: '',
      state: S.mediaOmitted,
      attachments: [{ name: 'plan.pdf' }]
    });
  });

  it.each([
    'This message was deleted',
    '\u200eThis message was deleted.',
    'Ce message a été supprimé',
    'Se eliminó este mensaje',
    'Esta mensagem foi apagada',
    'Questo messaggio è stato eliminato',
    'Acest mesaj a fost șters',
    'Diese Nachricht wurde gelöscht',
    'This message was deleted by admin Dan'
  ])('%s leaves a tombstone', (text) => {
    expect(readMarks(text, false)).toMatchObject({ body: text.replace('\u200e', ''), state: S.tombstone, byExporter: false });
  });

  it.each([
    'You deleted this message',
    'Vous avez supprimé ce message',
    'Eliminaste este mensaje',
    'Você apagou esta mensagem',
    'Hai eliminato questo messaggio',
    'Ați șters acest mesaj',
    'Du hast diese Nachricht gelöscht'
  ])("%s names the phone's user", (text) => {
    expect(readMarks(text, false)).toMatchObject({ state: S.tombstone, byExporter: true });
  });

  it('marks edits and takes the mark off', () => {
    expect(readMarks('ok at 6 \u200e<This message was edited>', true)).toMatchObject({ body: 'ok at 6', state: S.edited });
    expect(readMarks("d'accord <Ce message a été modifié>", false)).toMatchObject({ body: "d'accord", state: S.edited });
    expect(readMarks('a <b> c', false)).toMatchObject({ body: 'a <b> c', state: 0 });
  });

  it('leaves text alone', () => {
    for (const text of ['', 'ok', 'a\nb', 'This message was deleted, he said', 'Media omitted'])
      expect(readMarks(text, true)).toEqual({ body: text, state: 0, attachments: [], byExporter: false });
  });

  it('reads long runs of spaces and marks in one pass', () => {
    // A pattern that tries every start of such a run takes a minute here and would run into the test's limit.
    const run = ' \u200e'.repeat(400_000);
    expect(readMarks(`a${run}b`, true).body).toBe(`a${run}b`);
    expect(readMarks(`a${run}<This message was edited>`, true)).toMatchObject({ body: 'a', state: S.edited });
  });
});
