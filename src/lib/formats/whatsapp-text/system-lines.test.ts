import { describe, expect, it } from 'vitest';
import { chatNameFromFile, isChatFileName } from './chat-name.ts';
import { SenderTally } from './senders.ts';
import { isEncryptionNotice, systemLineOf } from './system-lines.ts';

describe('system lines', () => {
  it.each([
    'Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.',
    'Messages you send to this group are now secured with end-to-end encryption. Tap for more info.',
    '\u200eLes messages et les appels sont chiffrés de bout en bout.',
    'Los mensajes y las llamadas están cifrados de extremo a extremo.',
    'As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta.',
    'I messaggi e le chiamate sono crittografati end-to-end.',
    'Mesajele și apelurile sunt criptate integral.',
    'Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.'
  ])('%s', (text) => {
    expect(isEncryptionNotice(text)).toBe(true);
    expect(systemLineOf(text)?.kind).toBe('encryption');
  });

  it.each([
    ['+12 345 578 created group "Groupname"', 'Groupname'],
    ['\u200eYou created group “House share”', 'House share'],
    ['Anna changed the subject from "a" to "Work: nights"', 'Work: nights'],
    ['Anna a créé le groupe « Chantier »', 'Chantier'],
    ['Ana creó el grupo "Obra"', 'Obra'],
    ['Ana criou o grupo "Obra"', 'Obra'],
    ['Anna ha creato il gruppo "Casa"', 'Casa'],
    ['Ana a creat grupul „Casa”', 'Casa'],
    ['Anna hat die Gruppe „Haus“ erstellt', 'Haus']
  ])('%s names the group', (text, groupName) => {
    expect(systemLineOf(text)).toEqual({ kind: 'group', groupName });
  });

  it.each([
    'You were added',
    'Anna left',
    'Anna added +44 7700 900123',
    'Anna removed Dan',
    "Anna joined using this group's invite link",
    "You're now an admin",
    'Anna a ajouté Karim',
    'Ana añadió a Luis',
    'Ana salió del grupo',
    'Ana adicionou Rui',
    'Ana saiu',
    'Anna ha aggiunto Luca',
    'Ana a adăugat Dan',
    'Ana a părăsit grupul',
    'Anna hat Karl hinzugefügt',
    'Anna hat die Gruppe verlassen'
  ])('%s happens only in groups', (text) => {
    expect(systemLineOf(text)?.kind).toBe('group');
  });

  it.each([
    'Anna changed their phone number to a new number. Tap to message or add the new number.',
    '+44 7700 900123 changed to +44 7700 900456',
    'Anna a changé de numéro',
    'Ana cambió su número de teléfono',
    'Ana mudou de número',
    'Anna ha cambiato numero',
    'Ana și-a schimbat numărul',
    'Anna hat die Telefonnummer gewechselt'
  ])('%s tells a new number', (text) => {
    expect(systemLineOf(text)?.kind).toBe('number-changed');
  });

  it('knows calls and leaves text alone', () => {
    expect(systemLineOf('\u200eMissed voice call')?.kind).toBe('call');
    expect(systemLineOf('Voice call, \u200e2 min')?.kind).toBe('call');
    for (const text of ['ok', 'I will be there', 'la 6 in fata casei', '']) expect(systemLineOf(text)).toBeNull();
  });
});

describe('senders', () => {
  const sendersOf = (lines: readonly string[]) => {
    const tally = new SenderTally();
    for (const line of lines) tally.add(line);
    return tally.finish();
  };

  it('splits at the first ": " and keeps the others in the text', () => {
    expect(sendersOf(['Anna: note: a - b']).split('Anna: note: a - b')).toEqual({ sender: 'Anna', body: 'note: a - b' });
  });

  it('reads an empty message and one without the space', () => {
    const senders = sendersOf(['John Doe: hi', 'John Doe:']);
    expect(senders.split('John Doe:.')).toEqual({ sender: 'John Doe', body: '.' });
    expect(senders.split('John Doe:')).toEqual({ sender: 'John Doe', body: '' });
    expect(senders.split('John Doe: ')).toEqual({ sender: 'John Doe', body: '' });
  });

  it('believes a name with a colon when all its lines go on in the same way', () => {
    const lines = ['Dr: Smith: one', 'Dr: Smith: two', 'Anna: hi', 'Dr: Smith: three'];
    const senders = sendersOf(lines);
    expect(senders.longNames).toEqual(['Dr: Smith']);
    expect(senders.split('Dr: Smith: two')).toEqual({ sender: 'Dr: Smith', body: 'two' });
    expect(sendersOf(['Anna: ps: one', 'Anna: hi', 'Anna: ps: two', 'Anna: ps: three']).longNames).toEqual([]);
  });

  it('takes a system line with a colon in a quoted name as no sender', () => {
    const rest = 'Anna changed the subject to "Work: nights"';
    expect(sendersOf([rest, 'Anna: hi']).split(rest)).toEqual({ sender: null, body: rest });
  });

  it("takes the name before the app's own words as the chat's name", () => {
    const senders = sendersOf(['House: \u200eAnna left', 'Anna: hi']);
    expect(senders.chatNames).toEqual(['House']);
    expect([...senders.lines.keys()]).toEqual(['Anna']);
    expect(senders.split('House: \u200eAnna left')).toEqual({ sender: null, body: '\u200eAnna left' });
  });
});

describe('names of files', () => {
  it.each([
    ['WhatsApp Chat with Anna.txt', 'Anna'],
    ['WhatsApp Chat with Anna (2).txt', 'Anna'],
    ['WhatsApp Chat - House share.zip', 'House share'],
    ['Discussion WhatsApp avec Awa.txt', 'Awa'],
    ['Chat de WhatsApp con Lucía.txt', 'Lucía'],
    ['Conversa do WhatsApp com Rui.txt', 'Rui'],
    ['Chat WhatsApp con Luca.txt', 'Luca'],
    ['Chat WhatsApp cu Ion.txt', 'Ion'],
    ['WhatsApp Chat mit Karl.txt', 'Karl'],
    ['_chat.txt', null],
    ['notes.txt', null]
  ])('%s', (file, name) => {
    expect(chatNameFromFile(file)).toBe(name);
  });

  it('tells chats from other texts', () => {
    expect(isChatFileName('a/_chat.txt')).toBe(true);
    expect(isChatFileName('WhatsApp Chat with Anna.txt')).toBe(true);
    expect(isChatFileName('notes.txt')).toBe(false);
  });
});
