/**
 * Who came and who went, from WhatsApp's own lines: "Anna added Ben and +44 7700 900123", "Ben left". By language, in the
 * wordings that system-lines.ts and languages.ts know as lines of groups; only lines that are the app's own come here.
 *
 * A wording that is not here gives no date, and nothing is made up in its place: its line stays in the conversation like
 * any other. Names are those of the exporting phone's address book, as everywhere in an export.
 */
import { ownTable } from '../../evidence/own-table.ts';
import type { MembershipChange } from '../../evidence/records.ts';
import { cleanName } from './senders.ts';
import { bareText } from './system-lines.ts';

/** A name as the line has it; null for the exporting phone's own user ("You added Ben"). */
export type LineName = string | null;

export interface MembershipLine {
  readonly change: MembershipChange;
  readonly who: readonly LineName[];
  /** Who did it; the same name where somebody came or went by themselves, undefined where the line is silent. */
  readonly by: LineName | undefined;
}

/**
 * `<by>` and `<who>` stand for names, `<self>` for one who acts alone. A wording without `<who>` or `<self>` is about the
 * phone's own user; one that begins with `you: ` says by its verb that they did it.
 */
interface Wordings {
  readonly joined: readonly string[];
  readonly left: readonly string[];
  /** Words for the phone's own user, in the cases in which they stand. */
  readonly you: readonly string[];
  /** Word before the last name of a list. */
  readonly and: string;
}

const WORDINGS: readonly Wordings[] = [
  {
    joined: [
      '<by> added <who>(?: to (?:the|this) group)?',
      '<who> (?:was|were) added',
      '<self> joined (?:using|from|via) .{1,80}',
      '<self> created (?:this )?group.*'
    ],
    left: ['<by> removed <who>(?: from (?:the|this) group)?', '<who> (?:was|were) removed', '<self> left(?: the group)?'],
    you: ['you'],
    and: 'and'
  },
  {
    joined: [
      '<by> (?:a|avez) ajouté <who>',
      '<by> vous a ajoutée?',
      '<who> (?:a|avez) été ajoutée?',
      '<self> (?:a|avez) rejoint (?:le|ce|via|en|à|grâce).*',
      '<self> (?:a|avez) créé (?:ce|le) groupe.*'
    ],
    left: [
      '<by> (?:a|avez) (?:retiré|supprimé|exclu) <who>',
      '<by> vous a (?:retirée?|supprimée?|exclue?)',
      '<who> (?:a|avez) été (?:retirée?|supprimée?|exclue?)',
      '<self> (?:a|avez) quitté(?: le groupe| ce groupe)?'
    ],
    you: ['vous', 'tu'],
    and: 'et'
  },
  {
    joined: [
      '<by> (?:añadió|agregó) a <who>',
      'you: (?:Tú )?(?:añadiste|agregaste) a <who>',
      '<by> te (?:añadió|agregó)',
      '(?:Te añadieron|Te agregaron|Se te añadió)(?: .{0,80})?',
      '<who> fue (?:añadid|agregad)[oa]',
      '<self> se unió .*',
      'you: Te uniste .*',
      '<self> creó (?:el|este) grupo.*',
      'you: (?:Tú )?creaste (?:el|este) grupo.*'
    ],
    left: [
      '<by> (?:eliminó|sacó) a <who>',
      'you: (?:Tú )?(?:eliminaste|sacaste) a <who>',
      '<by> te (?:eliminó|sacó)',
      '<who> fue eliminad[oa]',
      '<self> (?:salió|abandonó)(?: del grupo| el grupo)?',
      'you: Saliste(?: del grupo)?'
    ],
    you: ['tú', 'ti', 'usted'],
    and: '[ye]'
  },
  {
    joined: [
      '<by> adicionou <who>',
      'you: Adicionaste <who>',
      '<who> (?:foi|fui|foste) adicionad[oa].*',
      'Foi adicionad[oa].*',
      '<self> entrou usando .*',
      '<self> criou (?:o|este) grupo.*',
      'you: Criaste (?:o|este) grupo.*'
    ],
    left: [
      '<by> removeu <who>',
      'you: Removeste <who>',
      '<who> (?:foi|foste) removid[oa]',
      '<self> saiu(?: do grupo)?',
      'you: Saíste(?: do grupo)?'
    ],
    you: ['você', 'voce', 'tu', 'te'],
    and: 'e'
  },
  {
    joined: [
      '<by> ha aggiunto <who>',
      'you: Hai aggiunto <who>',
      '<by> ti ha aggiunt[oa]',
      '<who> è stat[oa] aggiunt[oa]',
      'Sei stat[oa] aggiunt[oa].*',
      '<self> si è unit[oa].*',
      '<self> ha creato (?:il|questo) gruppo.*',
      'you: Hai creato (?:il|questo) gruppo.*'
    ],
    left: [
      '<by> ha rimosso <who>',
      'you: Hai rimosso <who>',
      '<by> ti ha rimoss[oa]',
      '<who> è stat[oa] rimoss[oa]',
      '<self> (?:ha (?:abbandonato|lasciato)(?: il gruppo)?|è uscit[oa](?: dal gruppo)?)',
      'you: Hai (?:abbandonato|lasciato)(?: il gruppo)?'
    ],
    you: ['tu', 'te'],
    and: 'e'
  },
  {
    joined: [
      '<by> (?:l-a|i-a|a) adăugat(?: pe)? <who>',
      'you: (?:Ați|Ai) adăugat(?: pe)? <who>',
      '<by> (?:v-a|te-a) adăugat',
      '<who> a fost adăugată?',
      '(?:Ați|Ai) fost adăugată?.*',
      '<self> s-a alăturat.*',
      '<self> a creat (?:grupul|acest grup).*',
      'you: (?:Ați|Ai) creat (?:grupul|acest grup).*'
    ],
    left: [
      '<by> (?:l-a|i-a|a) (?:eliminat|înlăturat|scos)(?: pe)? <who>',
      'you: (?:Ați|Ai) (?:eliminat|înlăturat|scos)(?: pe)? <who>',
      '<by> (?:v-a|te-a) (?:eliminat|înlăturat|scos)',
      '<who> a fost (?:eliminat|înlăturat|scos|scoas)ă?',
      '<self> a (?:părăsit|ieșit)(?: grupul| din grup)?',
      'you: (?:Ați|Ai) (?:părăsit|ieșit)(?: grupul| din grup)?'
    ],
    you: ['dumneavoastră', 'dvs', 'tu', 'tine'],
    and: 'și'
  },
  {
    joined: [
      '<by> (?:hat|hast|haben) <who> hinzugefügt',
      '<who> (?:wurde|wurdest) hinzugefügt',
      '<self> (?:ist|bist) .{0,60}beigetreten',
      '<self> (?:hat|hast|haben) (?:die|diese) Gruppe.* erstellt'
    ],
    left: [
      '<by> (?:hat|hast|haben) <who> entfernt',
      '<who> (?:wurde|wurdest) entfernt',
      '<self> (?:hat|hast|haben) die Gruppe verlassen'
    ],
    you: ['du', 'dich', 'sie'],
    and: 'und'
  },
  {
    joined: ['<by> (?:shtoi|shtuat|shtove) <who>', '<self> u bashkua.*', '<self> krijoi (?:grupin|këtë grup).*'],
    left: ['<by> (?:hoqi|largoi|hoqët|larguat) <who>', '<self> (?:u largua|doli)(?: nga grupi)?'],
    you: ['ju', 'ti', 'ty'],
    and: 'dhe'
  },
  {
    joined: [
      '<by> doda(?:ł|ła|ł\\(a\\)) <who>',
      'you: Doda(?:łeś|łaś) <who>',
      '<self> dołączy(?:ł|ła|ł\\(a\\)).*',
      '<self> utworzy(?:ł|ła|ł\\(a\\)) (?:tę )?grupę.*',
      'you: Utworzy(?:łeś|łaś) (?:tę )?grupę.*'
    ],
    left: [
      '<by> usun(?:ął|ęła|ął\\(ęła\\)|ął\\(a\\)) <who>',
      'you: Usun(?:ąłeś|ęłaś) <who>',
      '<self> (?:opuści(?:ł|ła|ł\\(a\\))|wyszedł|wyszła)(?: grupę| z grupy)?',
      'you: Opuści(?:łeś|łaś)(?: grupę)?'
    ],
    you: ['ty', 'ciebie', 'cię'],
    and: 'i|oraz'
  },
  {
    joined: [
      '<by>, <who>(?: kişisini| kişilerini)? ekledi',
      '<by> sizi ekledi',
      'you: <who>(?: kişisini| kişilerini) eklediniz',
      '<self>,? .{0,60}(?:gruba )?katıldı(?:nız)?',
      '<self>,? .{0,100}grubu(?:nu)? oluşturdu(?:nuz)?'
    ],
    left: [
      '<by>, <who>(?: kişisini| kişilerini)? çıkardı',
      '<by> sizi çıkardı',
      'you: <who>(?: kişisini| kişilerini) çıkardınız',
      '<self>,? (?:gruptan )?(?:ayrıldı|çıktı)(?:nız)?'
    ],
    you: ['siz', 'sizi', 'sen', 'seni'],
    and: 've'
  },
  {
    joined: [
      '(?:قام|قامت) <by> بإضافة <who>',
      'you: قمت بإضافة <who>',
      '<by> أضافت? <who>',
      '<by> أضافك',
      'تمت إضافتك.*',
      '<self> انضمت?(?: .{0,80})?',
      'انضم(?:ت)? <self> (?:إلى|باستخدام|عبر).*',
      '(?:قام|قامت) <self> بإنشاء .*',
      '<self> أنشأت? (?:هذه )?(?:ال)?مجموعة.*'
    ],
    left: [
      '(?:قام|قامت) <by> بإزالة <who>',
      'you: قمت بإزالة <who>',
      '<by> أزالت? <who>',
      '<by> أزالك',
      '<self> غادرت?(?: المجموعة)?',
      'غادرت?(?: المجموعة)? <self>'
    ],
    you: ['أنت', 'انت'],
    and: 'و'
  },
  {
    joined: [
      '<by> نے <who> کو شامل (?:کیا|کر دیا|کر لیا)',
      '<self> شامل (?:ہوئے|ہو گئے|ہو گئی|ہوا|ہوئی)',
      '<self> نے (?:یہ )?گروپ.* (?:بنایا|تخلیق کیا)'
    ],
    left: ['<by> نے <who> کو (?:خارج|ہٹا) (?:کیا|دیا|کر دیا)', '<self> (?:نے گروپ چھوڑ دیا|چلے گئے|چلا گیا|چلی گئی)'],
    you: ['آپ'],
    and: 'اور'
  },
  {
    joined: ['<by> đã thêm <who>', '<self> đã tham gia.*', '<self> đã tạo nhóm.*'],
    left: ['<by> đã (?:xóa|xoá|loại) <who>', '<self> đã rời(?: khỏi)?(?: nhóm)?'],
    you: ['bạn'],
    and: 'và'
  },
  {
    joined: [
      '<by> добавил(?:а|и|\\(-а\\)|\\(а\\))? <who>',
      '<self> присоединил(?:ся|ась|ись|ся\\(-ась\\)).*',
      '<self> создал(?:а|и|\\(-а\\)|\\(а\\))? (?:эту )?группу.*'
    ],
    left: [
      '<by> (?:удалил|исключил)(?:а|и|\\(-а\\)|\\(а\\))? <who>',
      '<self> (?:вышел|вышла|вышли|вышел\\(-ла\\)|покинул(?:а|и|\\(-а\\)|\\(а\\))?)(?: группу| из группы)?'
    ],
    you: ['вы', 'вас'],
    and: 'и'
  },
  {
    joined: [
      '<by> дода(?:в|ла|ли|в\\(-ла\\)) <who>',
      '<self> приєдна(?:вся|лася|лися).*',
      '<self> створи(?:в|ла|ли|в\\(-ла\\)) (?:цю )?групу.*'
    ],
    left: [
      '<by> (?:видали|вилучи)(?:в|ла|ли|в\\(-ла\\)) <who>',
      '<self> (?:вийшов|вийшла|вийшли|покину(?:в|ла|ли))(?: групу| з групи)?'
    ],
    you: ['ви', 'вас'],
    and: 'та|і|й'
  },
  {
    joined: ['<by> (?:hozzáadta|felvette)(?: őt)?:? <who>', '<self> csatlakozott(?: .{0,80})?', '<self> létrehozta .*csoportot'],
    left: ['<by> eltávolította(?: őt)?:? <who>', '<self> (?:kilépett|elhagyta a csoportot)'],
    you: ['te', 'ön', 'téged'],
    and: 'és'
  },
  {
    joined: ['<by> добави(?:хте)? <who>', '<self> се присъедини(?:хте)?.*', '<self> създаде(?:хте)? (?:тази )?група.*'],
    left: ['<by> премахна(?:хте)? <who>', '<self> (?:напусна|излезе)(?:хте)?(?: групата| от групата)?'],
    you: ['вие', 'вас', 'ти'],
    and: 'и'
  },
  {
    joined: ['<by> pridėjo(?:te)? <who>', '<self> (?:prisijungė|įstojo)(?:te)?.*', '<self> sukūrė(?:te)? (?:šią )?grupę.*'],
    left: ['<by> pašalino(?:te)? <who>', '<self> (?:išėjo|paliko)(?:te)?(?: grupę| iš grupės)?'],
    you: ['jūs', 'jus', 'tu'],
    and: 'ir'
  },
  {
    joined: [
      '<by> ?(?:已)?(?:添加|新增)了? ?<who>',
      '<self> ?(?:通过|透過|使用|经由|經由).{1,60}加入(?:了)?.{0,20}',
      '<self> ?(?:创建|建立|創建)(?:了)?.{0,8}(?:群|群组|群組).*'
    ],
    left: [
      '<by> ?(?:将|將|把) ?<who> ?(?:移除|移出).*',
      '<by> ?(?:已)?(?:移除|移出)了? ?<who>',
      '<self> ?(?:已)?(?:退出|离开|離開)了?.{0,8}'
    ],
    you: ['您', '你'],
    and: '和|與|与|及'
  }
];

/** Things of a group that are added and removed as well. */
const THINGS =
  /^(?:the|this|a|an|la|le|les|l['’]|ce|el|o|os|as|il|lo|i|die|das|den|diese)\s?(?=.*(?:group|groupe|grup|gruppe|icon|ic[oô]n|ícon|desc|beschreib|setting|param|ajust|config|impost|immag|imag|bild|photo|foto|message|mensaje|mensagem|messaggio|nachricht))/iu;

const NAME: Readonly<Record<string, string>> = ownTable({
  '<by>': '(?<by>.{1,100}?)',
  '<self>': '(?<self>.{1,100}?)',
  '<who>': '(?<who>.{1,400}?)'
});

interface Pattern {
  readonly change: MembershipChange;
  readonly regex: RegExp;
  readonly isByYou: boolean;
  readonly isYou: (name: string) => boolean;
  readonly and: RegExp;
}

const BY_YOU = 'you: ';
/** Longer lines name more people than the app puts into one. */
const LONGEST = 450;
/** "and 4 others": people whom nobody names. */
const UNNAMED = /^\d{1,4} \p{L}+$/u;

const PATTERNS: readonly Pattern[] = WORDINGS.flatMap(({ joined, left, you, and }) => {
  const own = new Set(you);
  const isYou = (name: string): boolean => own.has(name.toLowerCase());
  const andWord = /\p{Script=Han}/u.test(and) ? new RegExp(and, 'u') : new RegExp(`\\s+(?:${and})\\s+`, 'iu');
  return (['left', 'joined'] as const).flatMap((change) =>
    (change === 'joined' ? joined : left).map((source) => ({
      change,
      regex: patternOf(source.replace(BY_YOU, '')),
      isByYou: source.startsWith(BY_YOU),
      isYou,
      and: andWord
    }))
  );
});

function patternOf(source: string): RegExp {
  return new RegExp(`^${source.replace(/<(?:by|self|who)>/g, (word) => NAME[word] ?? word)}$`, 'iu');
}

/**
 * @param body a line of the app itself
 * @param isKnown whether a name writes in the chat: "Tom and Jerry" may be one
 * @returns null where the line is about no one's coming or going, or is worded otherwise
 */
export function membershipLine(body: string, isKnown: (name: string) => boolean): MembershipLine | null {
  const bare = bareText(body);
  if (bare.length === 0 || bare.length > LONGEST || bare.includes('\n')) return null;
  for (const { change, regex, isByYou, isYou, and } of PATTERNS) {
    const found = regex.exec(bare);
    if (found === null) continue;
    const nameOf = (raw: string): LineName => (isYou(cleanName(raw)) ? null : cleanName(raw));
    const { self, by, who } = found.groups ?? {};
    if (self !== undefined) return { change, who: [nameOf(self)], by: nameOf(self) };
    if (who !== undefined && THINGS.test(who)) return null;
    const names = who === undefined ? [null] : listed(who, and, isKnown).map(nameOf);
    const doer = by !== undefined ? nameOf(by) : isByYou ? null : undefined;
    return { change, who: names, by: doer };
  }
  return null;
}

/** Names of "A, B and C". */
function listed(text: string, and: RegExp, isKnown: (name: string) => boolean): string[] {
  if (isKnown(cleanName(text))) return [text];
  const parts = text.split(/\s*[,،、]\s*/u).flatMap((part) => (isKnown(cleanName(part)) ? [part] : part.split(and)));
  return parts
    .map((part) => part.replace(/^(?:and|et|und|y|e|și)\s+/iu, ''))
    .filter((part) => {
      const name = cleanName(part);
      return name !== '' && (isKnown(name) || !UNNAMED.test(name));
    });
}
