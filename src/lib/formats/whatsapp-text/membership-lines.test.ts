/** Who came and went by WhatsApp's own lines, in every language that its readers know. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membershipLine, type MembershipLine } from './membership-lines.ts';

const nobodyKnown = (): boolean => false;
const by = (change: 'joined' | 'left', doer: string | null | undefined, ...who: (string | null)[]): MembershipLine => ({
  change,
  who,
  by: doer
});
const alone = (change: 'joined' | 'left', who: string | null): MembershipLine => by(change, who, who);

describe('lines about members', () => {
  it.each([
    // English
    ['Anna added Ben', by('joined', 'Anna', 'Ben')],
    ['Anna added Ben, +44 7700 900123 and Cara Lee', by('joined', 'Anna', 'Ben', '+44 7700 900123', 'Cara Lee')],
    ['Anna added Ben and 4 others', by('joined', 'Anna', 'Ben')],
    ['\u200eAnna added you', by('joined', 'Anna', null)],
    ['You added Ben to the group.', by('joined', null, 'Ben')],
    ['You were added', by('joined', undefined, null)],
    ['Ben was added', by('joined', undefined, 'Ben')],
    ['You removed Ben', by('left', null, 'Ben')],
    ['Anna removed you', by('left', 'Anna', null)],
    ['Ben left', alone('left', 'Ben')],
    ['You left', alone('left', null)],
    ["+44 7700 900123 joined using this group's invite link", alone('joined', '+44 7700 900123')],
    ['Anna created group "Added hours"', alone('joined', 'Anna')],
    // French, Spanish, Portuguese, Italian, Romanian, German
    ['Anna a ajouté Karim et Léa', by('joined', 'Anna', 'Karim', 'Léa')],
    ['Vous avez ajouté Karim', by('joined', null, 'Karim')],
    ['Anna vous a ajouté', by('joined', 'Anna', null)],
    ['Anna a retiré Karim', by('left', 'Anna', 'Karim')],
    ['Vous avez quitté le groupe', alone('left', null)],
    ["Karim a rejoint le groupe à l'aide du lien d'invitation", alone('joined', 'Karim')],
    ['Ana añadió a Luis y Eva', by('joined', 'Ana', 'Luis', 'Eva')],
    ['Añadiste a Luis', by('joined', null, 'Luis')],
    ['Ana te añadió', by('joined', 'Ana', null)],
    ['Luis salió del grupo', alone('left', 'Luis')],
    ['Saliste del grupo', by('left', null, null)],
    ['Te añadieron al grupo', by('joined', undefined, null)],
    ['Ana eliminó a Luis', by('left', 'Ana', 'Luis')],
    ['Ana adicionou Rui', by('joined', 'Ana', 'Rui')],
    ['Você removeu Rui', by('left', null, 'Rui')],
    ['Rui saiu', alone('left', 'Rui')],
    ['Rui entrou usando o link de convite deste grupo', alone('joined', 'Rui')],
    ['Anna ha aggiunto Luca', by('joined', 'Anna', 'Luca')],
    ['Hai rimosso Luca', by('left', null, 'Luca')],
    ['Luca ha abbandonato il gruppo', alone('left', 'Luca')],
    ['Sei stato aggiunto', by('joined', undefined, null)],
    ['Ana a adăugat pe Dan și Ion', by('joined', 'Ana', 'Dan', 'Ion')],
    ['Ana l-a adăugat pe Dan', by('joined', 'Ana', 'Dan')],
    ['Ați eliminat pe Dan', by('left', null, 'Dan')],
    ['Dan a părăsit grupul', alone('left', 'Dan')],
    ['Anna hat Karl und Eva hinzugefügt', by('joined', 'Anna', 'Karl', 'Eva')],
    ['Du hast Karl entfernt', by('left', null, 'Karl')],
    ['Karl hat die Gruppe verlassen', alone('left', 'Karl')],
    ['Karl ist über den Einladungslink beigetreten', alone('joined', 'Karl')],
    // The other twelve
    ['Arta shtoi Besim', by('joined', 'Arta', 'Besim')],
    ['Besim u largua', alone('left', 'Besim')],
    ['Ola dodała Jana i Ewę', by('joined', 'Ola', 'Jana', 'Ewę')],
    ['Dodałeś Jan', by('joined', null, 'Jan')],
    ['Jan opuścił grupę', alone('left', 'Jan')],
    ['Ayşe, Can kişisini ekledi', by('joined', 'Ayşe', 'Can')],
    ['Ayşe sizi ekledi', by('joined', 'Ayşe', null)],
    ['Can ayrıldı', alone('left', 'Can')],
    ['قام سامي بإضافة ليلى', by('joined', 'سامي', 'ليلى')],
    ['قمت بإزالة ليلى', by('left', null, 'ليلى')],
    ['ليلى غادرت', alone('left', 'ليلى')],
    ['علی نے سارہ کو شامل کیا', by('joined', 'علی', 'سارہ')],
    ['سارہ نے گروپ چھوڑ دیا', alone('left', 'سارہ')],
    ['An đã thêm Binh', by('joined', 'An', 'Binh')],
    ['Bạn đã xóa Binh', by('left', null, 'Binh')],
    ['Binh đã rời khỏi nhóm', alone('left', 'Binh')],
    ['Анна добавила Ивана и Олега', by('joined', 'Анна', 'Ивана', 'Олега')],
    ['Анна добавила вас', by('joined', 'Анна', null)],
    ['Вы удалили Ивана', by('left', null, 'Ивана')],
    ['Иван вышел из группы', alone('left', 'Иван')],
    ['Оля додала Андрія', by('joined', 'Оля', 'Андрія')],
    ['Андрій вийшов', alone('left', 'Андрій')],
    ['Éva hozzáadta: Béla', by('joined', 'Éva', 'Béla')],
    ['Béla kilépett', alone('left', 'Béla')],
    ['Мария добави Петър', by('joined', 'Мария', 'Петър')],
    ['Петър напусна групата', alone('left', 'Петър')],
    ['Ona pridėjo Joną', by('joined', 'Ona', 'Joną')],
    ['Jonas išėjo', alone('left', 'Jonas')],
    ['小王添加了小李和小张', by('joined', '小王', '小李', '小张')],
    ['您移除了小李', by('left', null, '小李')],
    ['小李退出了群组', alone('left', '小李')]
  ])('%s', (line, expected) => {
    expect(membershipLine(line, nobodyKnown)).toEqual(expected);
  });

  it.each([
    "Anna changed this group's icon",
    "Anna removed the group's description",
    "Anna deleted this group's icon",
    "Anna a supprimé l'icône du groupe",
    'Anna hat die Gruppenbeschreibung entfernt',
    'Ana removeu a imagem do grupo',
    "You're now an admin",
    'Anna changed the subject to "Work: nights"',
    'Messages and calls are end-to-end encrypted',
    'Missed voice call',
    ''
  ])('%s dates nobody', (line) => {
    expect(membershipLine(line, nobodyKnown)).toBeNull();
  });

  it('takes a name with "and" in it for one where it writes in the chat', () => {
    const isKnown = (name: string): boolean => name === 'Tom and Jerry Ltd';
    expect(membershipLine('Anna added Tom and Jerry Ltd, Ben', isKnown)?.who).toEqual(['Tom and Jerry Ltd', 'Ben']);
  });

  it('ends soon on any line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 460 }), (line) => {
        const found = membershipLine(line, nobodyKnown);
        if (found !== null) expect(found.who.length).toBeGreaterThan(0);
      })
    );
  });
});
