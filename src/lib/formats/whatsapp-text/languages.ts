/**
 * What WhatsApp itself writes into an export, in twelve languages beside those that marks.ts and system-lines.ts hold:
 * Albanian, Polish, Turkish, Arabic, Urdu, Vietnamese, Russian, Ukrainian, Hungarian, Bulgarian, Lithuanian, Chinese in
 * both scripts. Written from how the apps word them, several ways each where versions differ, and not taken from exports;
 * `%` stands for a name, QUOTED for the name of a group in quotation marks. What an app words otherwise stays text with its
 * sender: nothing is lost by that, and names of files say what they are in any language.
 */
import { ownTable } from '../../evidence/own-table.ts';

const QUOTED = '["“”«„「『]\\s?(?<group>.{1,100}?)\\s?["“”»」』]';

export interface AppLanguage {
  /** Before noon and after noon, where the language has words of its own; `.` and spaces as they come. */
  readonly half?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly deleted: string;
  readonly deletedByExporter: string;
  readonly edited: string;
  /** Between angle brackets, for all kinds of media (Android). */
  readonly omitted: string;
  /** Words for "omitted" behind or before a kind of medium (iOS), and for the kinds. */
  readonly gone: string;
  readonly kinds: Partial<Readonly<Record<'image' | 'video' | 'audio' | 'sticker' | 'gif' | 'contact' | 'document', string>>>;
  /** `<attached: NAME>` on iOS and `NAME (file attached)` on Android. */
  readonly attached: string;
  readonly fileAttached: string;
  /** Beginning of the notice on encryption. */
  readonly encryption: string;
  readonly group: readonly string[];
  readonly numberChanged: string;
  readonly call: string;
}

export const APP_LANGUAGES: Readonly<Record<string, AppLanguage>> = ownTable({
  sq: {
    half: { before: ['e paradites', 'PD'], after: ['e pasdites', 'MD'] },
    deleted: 'Ky mesazh u fshi|Ky mesazh është fshirë',
    deletedByExporter: '(?:Ju )?e fshit[ëe] këtë mesazh|Ti e fshive këtë mesazh|Keni fshirë këtë mesazh',
    edited: 'Ky mesazh u (?:redaktua|modifikua)',
    omitted: '(?:Media|Skedari media|Materialet) (?:u përjashtua|u hoq|e përjashtuar|të përjashtuara)',
    gone: 'u përjashtua|u hoq|e përjashtuar|i përjashtuar',
    kinds: {
      image: 'imazhi|fotoja|figura',
      video: 'videoja|video',
      audio: 'audioja|audio',
      sticker: 'ngjitësja',
      gif: 'GIF-i',
      document: 'dokumenti'
    },
    attached: 'bashkëngjitur',
    fileAttached: 'skedar(?:i)? (?:i )?bashkëngjitur',
    encryption: 'Mesazhet(?: dhe telefonatat| dhe thirrjet)? .{0,80}(?:enkriptuar|koduar|skaj)',
    group: [
      `% krijoi (?:grupin|këtë grup)(?: ${QUOTED})?`,
      `% ndryshoi (?:emrin|subjektin) e grupit(?: .{0,100})? në ${QUOTED}`,
      '% (?:shtoi|hoqi|largoi) .{1,200}',
      '% (?:u largua|doli|u bashkua)(?: .{0,80})?'
    ],
    numberChanged: '% ndryshoi numrin(?:.{0,160})?',
    call: '(?:Telefonatë|Thirrje) (?:zanore|me video|video)(?: e humbur)?(?:.{0,60})?'
  },
  pl: {
    deleted: 'Ta wiadomość została usunięta|Usunięto tę wiadomość|Wiadomość usunięta(?: przez .{1,100})?',
    deletedByExporter: 'Usun(?:ąłeś|ęłaś|ięto|ąłeś\\(-aś\\)|ąłeś/aś) tę wiadomość|Ta wiadomość została przez Ciebie usunięta',
    edited: 'Ta wiadomość została (?:edytowana|zmieniona)|Edytowano tę wiadomość',
    omitted: 'pominięto multimedia|multimedia pominięte|plik pominięty',
    gone: 'pominięto|pominięt[yae]|został[ao]? pominięt[yae]',
    kinds: {
      image: 'obraz|zdjęcie|grafik[aę]',
      video: 'film|wideo|notatk[aę] wideo',
      audio: 'audio|plik audio|dźwięk|wiadomość głosow[aą]',
      sticker: 'naklejk[aę]',
      gif: 'GIF',
      contact: 'kart[aę] kontaktu|wizytówk[aę]',
      document: 'dokument'
    },
    attached: 'załącznik|załączono|dołączono',
    fileAttached: 'plik (?:dołączony|załączony|w załączniku)|załączono plik|dołączono plik',
    encryption: 'Wiadomości(?: i (?:rozmowy|połączenia))? .{0,80}szyfrowan',
    group: [
      `% utworzył(?:a|\\(a\\)|eś|aś)? (?:tę )?grupę(?: ${QUOTED})?`,
      `% zmienił(?:a|\\(a\\)|eś|aś)? (?:temat|nazwę)(?: grupy)?(?: .{0,100})? na ${QUOTED}`,
      '% zmienił(?:a|\\(a\\)|eś|aś)? (?:ikonę|opis|ustawienia) (?:tej )?grupy',
      '% (?:dodał|usunął|usunęła)(?:a|\\(a\\)|eś|aś)? .{1,200}',
      '% (?:opuścił|wyszedł|wyszła|dołączył)(?:a|\\(a\\)|eś|aś)?(?: .{0,80})?'
    ],
    numberChanged: '% zmienił(?:a|\\(a\\))? (?:swój )?numer(?: telefonu)?(?:.{0,160})?',
    call: '(?:Nieodebrane )?[Pp]ołączenie (?:głosowe|wideo)(?:.{0,60})?|Nieodebrane (?:grupowe )?połączenie.{0,60}'
  },
  tr: {
    half: { before: ['öö'], after: ['ös'] },
    deleted: 'Bu mesaj silindi|Bu mesaj .{1,100} tarafından silindi',
    deletedByExporter: 'Bu mesajı sildiniz|Bu mesajı sildin',
    edited: 'Bu mesaj düzenlendi|Düzenlendi',
    omitted: 'Medya dahil edilmedi|Medya atlandı|Medya çıkarıldı',
    gone: 'dahil edilmedi|atlandı|çıkarıldı',
    kinds: {
      image: 'görüntü|resim|fotoğraf|görsel',
      video: 'video|video notu',
      audio: 'ses|sesli mesaj',
      sticker: 'çıkartma',
      gif: 'GIF',
      contact: 'kişi kartı',
      document: 'belge'
    },
    attached: 'eklendi|ek|ekli',
    fileAttached: 'dosya ekli|dosya eklendi|ekli dosya',
    encryption: 'Mesajlar(?:ınız)?(?: ve (?:aramalar|görüşmeler))? .{0,80}şifrel',
    group: [
      `%,? ${QUOTED} grubunu oluşturdu(?:nuz)?`,
      '%,? (?:bu )?grubu oluşturdu(?:nuz)?',
      `%,? (?:grup adını|konuyu|grubun adını)(?: .{0,100})? ${QUOTED} olarak değiştirdi(?:niz)?`,
      '%,? (?:grup simgesini|grup açıklamasını|grup ayarlarını|bu grubun simgesini) (?:değiştirdi|sildi)(?:niz)?',
      '%,? .{1,200} (?:ekledi|çıkardı|kişisini ekledi|kişisini çıkardı)(?:niz)?',
      '%,? (?:gruptan )?(?:ayrıldı|çıktı|katıldı)(?:nız)?'
    ],
    numberChanged: '% (?:telefon )?numarasını değiştirdi(?:.{0,160})?',
    call: '(?:Cevapsız )?(?:grup )?(?:sesli|görüntülü) arama(?:.{0,60})?'
  },
  ar: {
    half: { before: ['صباحًا', 'صباحا', 'ص'], after: ['مساءً', 'مساء', 'م'] },
    deleted: 'تم حذف هذه الرسالة|تم مسح هذه الرسالة|حُذفت هذه الرسالة',
    deletedByExporter: '(?:لقد )?(?:قمت ب)?حذف(?:ت)? هذه الرسالة|أنت حذفت هذه الرسالة|لقد حذفت هذه الرسالة',
    edited: 'تم تعديل هذه الرسالة|عُدّلت هذه الرسالة',
    omitted: 'تم استبعاد الوسائط|تم حذف الوسائط|الوسائط غير مدرجة|تم استثناء الوسائط',
    gone: 'تم استبعادها?|تم حذفها?|محذوفة?|غير مدرجة?|مستبعدة?',
    kinds: {
      image: '(?:ال)?صورة',
      video: '(?:ال)?فيديو|مقطع فيديو',
      audio: '(?:ال)?صوت|المقطع الصوتي|(?:ال)?رسالة (?:ال)?صوتية',
      sticker: '(?:ال)?ملصق',
      gif: 'GIF|صورة GIF',
      contact: 'بطاقة جهة الاتصال|بطاقة الاتصال',
      document: '(?:ال)?مستند'
    },
    attached: 'مرفق|تم إرفاق|مُرفق',
    fileAttached: 'ملف مرفق|الملف مرفق|تم إرفاق الملف|تم إرفاق ملف',
    encryption: '(?:الرسائل والمكالمات|الرسائل|رسائلك ومكالماتك) .{0,80}(?:مشفرة|مشفّرة|تشفير|التشفير)',
    group: [
      `(?:قام|قامت|قمت) %? ?بإنشاء (?:هذه )?(?:ال)?مجموعة(?: ${QUOTED})?`,
      `أنشأ(?:ت)? % (?:هذه )?(?:ال)?مجموعة(?: ${QUOTED})?`,
      `% أنشأ(?:ت)? (?:هذه )?(?:ال)?مجموعة(?: ${QUOTED})?`,
      '(?:قام|قامت) % بإضافة .{1,200}',
      '(?:قام|قامت) % بإزالة .{1,200}',
      '% (?:أضاف(?:ت)?|أزال(?:ت)?|أضافك|أزالك)(?: .{1,200})?',
      '(?:% )?(?:غادر(?:ت)?|انضم(?:ت)?)(?: .{0,80})?',
      'تمت إضافت(?:ك|ه)(?: .{0,80})?'
    ],
    numberChanged: '(?:قام|قامت) % بتغيير رقم(?:.{0,160})?|% (?:غيّر|غيّرت|غير|غيرت) رقم(?:.{0,160})?',
    call: 'مكالمة (?:صوتية|فيديو|فيديو جماعية|صوتية جماعية)(?: فائتة)?(?:.{0,60})?'
  },
  ur: {
    half: { before: ['قبل دوپہر', 'ق\\.?د\\.?'], after: ['بعد دوپہر', 'ب\\.?د\\.?'] },
    deleted: 'یہ پیغام حذف (?:کر دیا گیا|ہو گیا|کیا گیا)(?: تھا| ہے)?|یہ میسج ڈیلیٹ (?:کر دیا گیا|ہو گیا)(?: تھا| ہے)?',
    deletedByExporter: 'آپ نے (?:یہ|اس) (?:پیغام|میسج)(?: کو)? (?:حذف|ڈیلیٹ) (?:کیا|کر دیا)(?: ہے)?',
    edited: '(?:یہ|اس) پیغام (?:میں|کو)? ?(?:ترمیم|ایڈٹ) (?:کی گئی|کیا گیا|کی گئی ہے)',
    omitted: 'میڈیا (?:شامل نہیں|حذف|خارج|چھوڑ دیا گیا)(?: کیا گیا| ہے)?',
    gone: 'شامل نہیں|خارج|چھوڑ دیا گیا|چھوڑ دی گئی',
    kinds: {
      image: 'تصویر',
      video: 'ویڈیو',
      audio: 'آڈیو|صوتی پیغام',
      sticker: 'سٹیکر|اسٹیکر',
      gif: 'GIF',
      contact: 'رابطہ کارڈ',
      document: 'دستاویز'
    },
    attached: 'منسلک|منسلکہ',
    fileAttached: 'فائل منسلک(?: ہے)?|منسلک فائل',
    encryption: '(?:پیغامات|میسجز)(?: اور کال(?:ز|یں))? .{0,80}(?:انکرپٹ|خفیہ|اینکرپٹ)',
    group: [
      `% نے (?:یہ )?گروپ(?: ${QUOTED})? (?:بنایا|تخلیق کیا)`,
      `% نے ${QUOTED} گروپ بنایا`,
      '% نے .{1,200} کو (?:شامل|خارج|ہٹا) (?:کیا|دیا)',
      '% (?:نے گروپ چھوڑ دیا|چلے گئے|شامل ہوئے|شامل ہو گئے)'
    ],
    numberChanged: '% نے (?:اپنا )?(?:فون )?نمبر (?:تبدیل|بدل)(?:.{0,160})?',
    call: '(?:مسڈ |چھوٹی ہوئی )?(?:صوتی|وائس|ویڈیو) کال(?:.{0,60})?'
  },
  vi: {
    half: { before: ['sa'], after: ['ch'] },
    deleted: 'Tin nhắn này đã bị xóa|Tin nhắn này đã được xóa|Tin nhắn này đã bị xoá',
    deletedByExporter: 'Bạn đã xó?a tin nhắn này|Bạn đã xoá tin nhắn này',
    edited: 'Tin nhắn này đã được chỉnh sửa|Đã chỉnh sửa',
    omitted:
      '(?:Tệp|File) (?:đa phương tiện|phương tiện) (?:đã )?bị (?:bỏ qua|bỏ qua|loại bỏ|ẩn)|Đã bỏ qua (?:tệp )?(?:đa )?phương tiện|Phương tiện bị bỏ qua',
    gone: '(?:đã )?bị bỏ qua|được bỏ qua|đã bỏ qua',
    kinds: {
      image: 'hình ảnh|ảnh',
      video: 'video',
      audio: 'âm thanh|tin nhắn thoại',
      sticker: 'nhãn dán|sticker',
      gif: 'GIF|ảnh GIF',
      contact: 'thẻ liên hệ|danh thiếp',
      document: 'tài liệu'
    },
    attached: 'đính kèm|đã đính kèm|tệp đính kèm',
    fileAttached: '(?:tệp|file|tập tin) (?:được |đã )?đính kèm',
    encryption: '(?:Tin nhắn|Các tin nhắn)(?: và cuộc gọi)? .{0,80}mã hó?[aá]',
    group: [
      `% đã tạo nhóm(?: này)?(?: ${QUOTED})?`,
      `% đã (?:đổi|thay đổi) (?:chủ đề|tên nhóm)(?: .{0,100})? thành ${QUOTED}`,
      '% đã (?:thêm|xóa|xoá|loại) .{1,200}',
      '% đã (?:rời|rời khỏi|tham gia)(?: .{0,80})?'
    ],
    numberChanged: '% đã (?:đổi|thay đổi) số(?: điện thoại)?(?:.{0,160})?',
    call: '(?:Cuộc gọi (?:thoại|video)|Gọi (?:thoại|video))(?: nhỡ)?(?:.{0,60})?|Cuộc gọi nhỡ.{0,60}'
  },
  ru: {
    deleted: '(?:Данное|Это) сообщение (?:было )?удалено(?: .{1,100})?|Сообщение удалено(?: .{1,100})?',
    deletedByExporter: 'Вы удалили (?:это|данное) сообщение',
    edited: 'Сообщение изменено|(?:Это|Данное) сообщение (?:было )?(?:изменено|отредактировано)',
    omitted: 'Без медиафайлов|Медиа(?:файл)? (?:пропущен|опущен|отсутствует)|Файл пропущен',
    gone: 'отсутствует|пропущен[оаы]?|опущен[оаы]?|без файла',
    kinds: {
      image: 'изображение|фото|картинка',
      video: 'видео|видеосообщение',
      audio: 'аудио|аудиофайл|голосовое сообщение',
      sticker: 'стикер',
      gif: 'GIF|анимация',
      contact: 'карточка контакта|контакт',
      document: 'документ'
    },
    attached: 'прикреплено|прикреплён|прикреплен|вложение',
    fileAttached: 'файл добавлен|файл прикреплён|файл прикреплен|вложенный файл',
    encryption: 'Сообщения(?: и звонки)? .{0,80}(?:шифр|зашифр)',
    group: [
      `% создал(?:а|\\(-а\\)|\\(а\\)|и)? (?:эту )?группу(?: ${QUOTED})?`,
      `% изменил(?:а|\\(-а\\)|\\(а\\)|и)? (?:тему|название)(?: группы)?(?: .{0,100})? на ${QUOTED}`,
      '% изменил(?:а|\\(-а\\)|\\(а\\)|и)? (?:картинку|описание|настройки|иконку) (?:этой )?группы',
      '% (?:добавил|удалил|исключил)(?:а|\\(-а\\)|\\(а\\)|и)? .{1,200}',
      '% (?:вышел|вышла|покинул|вышел\\(-ла\\)|присоединился|присоединилась)(?:а|\\(а\\)|\\(-а\\))?(?: .{0,80})?'
    ],
    numberChanged: '% (?:изменил|сменил|поменял)(?:а|\\(-а\\)|\\(а\\))? (?:свой )?номер(?:.{0,160})?',
    call: '(?:Пропущенный )?(?:групповой )?(?:аудио|видео|голосовой )?(?:звонок|видеозвонок|аудиозвонок)(?:.{0,60})?'
  },
  uk: {
    half: { before: ['дп'], after: ['пп'] },
    deleted: '(?:Це|Дане) повідомлення (?:було )?видалено(?: .{1,100})?|Повідомлення видалено(?: .{1,100})?',
    deletedByExporter: 'Ви видалили (?:це|дане) повідомлення',
    edited: '(?:Це )?[Пп]овідомлення (?:було )?(?:змінено|відредаговано)',
    omitted: 'Без медіафайлів|Медіа(?:файл)? (?:пропущено|вилучено|відсутній)|Медіафайли пропущено',
    gone: 'відсутн(?:є|ій|я)|пропущено|вилучено',
    kinds: {
      image: 'зображення|фото',
      video: 'відео|відеоповідомлення',
      audio: 'аудіо|аудіофайл|голосове повідомлення',
      sticker: 'стікер|наліпка|наліпку',
      gif: 'GIF',
      contact: 'картк[ау] контакту|контакт',
      document: 'документ'
    },
    attached: 'прикріплено|вкладення|долучено',
    fileAttached: 'файл (?:додано|прикріплено|долучено)|прикріплений файл',
    encryption: 'Повідомлення(?: (?:та|і|й) (?:виклики|дзвінки))? .{0,80}шифр',
    group: [
      `% створи(?:в|ла|ли|в\\(-ла\\)) (?:цю )?групу(?: ${QUOTED})?`,
      `% зміни(?:в|ла|ли) (?:тему|назву)(?: групи)?(?: .{0,100})? на ${QUOTED}`,
      '% (?:дода|видали|вилучи)(?:в|ла|ли|в\\(-ла\\)) .{1,200}',
      '% (?:вийшов|вийшла|покину(?:в|ла)|приєдна(?:вся|лася))(?: .{0,80})?'
    ],
    numberChanged: '% зміни(?:в|ла|в\\(-ла\\)) (?:свій )?номер(?:.{0,160})?',
    call: '(?:Пропущений )?(?:груповий )?(?:аудіо|відео|голосовий )?(?:дзвінок|виклик|відеодзвінок|аудіодзвінок|відеовиклик)(?:.{0,60})?'
  },
  hu: {
    half: { before: ['de\\.'], after: ['du\\.'] },
    deleted: 'Ezt az üzenetet törölték|Ez az üzenet törölve lett|Az üzenet törölve(?: .{1,100})?',
    deletedByExporter: '(?:Te )?[Tt]örölted ezt az üzenetet|Törölte ezt az üzenetet',
    edited: 'Ez az üzenet szerkesztve lett|Ezt az üzenetet szerkesztették|Szerkesztve',
    omitted: '(?:Hiányzó médiafájl|Média (?:kihagyva|nélkül|elhagyva)|Médiafájl (?:kihagyva|elhagyva)|A médiatartalom kimaradt)',
    gone: 'kihagyva|elhagyva|kimaradt|hiányzik',
    kinds: {
      image: 'kép|fénykép|fotó',
      video: 'videó',
      audio: 'hang|hangfájl|hangüzenet',
      sticker: 'matrica',
      gif: 'GIF',
      contact: 'névjegykártya|névjegy',
      document: 'dokumentum'
    },
    attached: 'csatolva|melléklet|csatolmány',
    fileAttached: 'fájl csatolva|csatolt fájl|fájl mellékelve',
    encryption: 'Az üzenetek(?: és (?:a )?hívások)? .{0,80}titkosít',
    group: [
      `% létrehozta (?:a |ezt a |az )?(?:${QUOTED} )?csoportot`,
      `% (?:megváltoztatta|módosította) (?:a )?csoport (?:nevét|tárgyát)(?: .{0,100})?: ?${QUOTED}`,
      '% (?:hozzáadta|eltávolította|felvette)(?: .{1,200})?',
      '% (?:kilépett|csatlakozott|elhagyta a csoportot)(?: .{0,80})?'
    ],
    numberChanged: '% (?:megváltoztatta|lecserélte) (?:a )?(?:telefon)?számát(?:.{0,160})?',
    call: '(?:Nem fogadott )?(?:hang|video|videó|csoportos )?hívás(?:.{0,60})?|Nem fogadott .{0,40}hívás.{0,40}'
  },
  bg: {
    half: { before: ['пр\\.?S?об\\.?'], after: ['сл\\.?S?об\\.?'] },
    deleted: 'Това съобщение (?:беше|бе|е) изтрито(?: .{1,100})?|Съобщението е изтрито(?: .{1,100})?',
    deletedByExporter: '(?:Вие )?[Ии]зтрихте това съобщение|Ти изтри това съобщение',
    edited: 'Това съобщение (?:беше|бе|е) редактирано|Редактирано',
    omitted: 'Мултимедия(?:та)? (?:е )?(?:пропусната|изключена)|(?:Файлът е пропуснат|Без мултимедия)',
    gone: '(?:е )?пропуснат[оа]?|(?:е )?изключен[оа]?',
    kinds: {
      image: 'изображение(?:то)?|снимка(?:та)?',
      video: 'видео(?:то)?',
      audio: 'аудио(?:то)?|гласово съобщение',
      sticker: 'стикер(?:ът)?',
      gif: 'GIF',
      contact: 'карта на контакт|контакт',
      document: 'документ(?:ът)?'
    },
    attached: 'прикачено|прикачен|приложение',
    fileAttached: 'прикачен файл|файлът е прикачен|файл е прикачен',
    encryption: 'Съобщенията(?: и (?:обажданията|разговорите))? .{0,80}(?:шифр|криптиран)',
    group: [
      `% създаде(?:хте)? (?:тази )?група(?:та)?(?: ${QUOTED})?`,
      `% (?:промени|смени)(?:хте)? (?:темата|името)(?: на групата)?(?: .{0,100})? на ${QUOTED}`,
      '% (?:добави|премахна)(?:хте)? .{1,200}',
      '% (?:напусна|излезе|се присъедини)(?: .{0,80})?'
    ],
    numberChanged: '% (?:промени|смени) (?:телефонния си |своя )?номер(?:а)?(?:.{0,160})?',
    call: '(?:Пропуснато )?(?:групово )?(?:гласово|аудио|видео) ?обаждане(?:.{0,60})?'
  },
  lt: {
    half: { before: ['priešpiet'], after: ['popiet'] },
    deleted: 'Ši žinutė (?:buvo )?ištrinta|Šis pranešimas (?:buvo )?ištrintas(?: .{1,100})?',
    deletedByExporter: '(?:Jūs )?[Ii]štrynėte šią žinutę|(?:Jūs )?[Ii]štrynėte šį pranešimą|Ištrynei šią žinutę',
    edited: 'Ši žinutė (?:buvo )?(?:redaguota|pakeista)|Šis pranešimas (?:buvo )?redaguotas',
    omitted: '(?:Praleista medija|Medija praleista|Praleistas (?:medijos )?failas|Failas praleistas|Medijos failai praleisti)',
    gone: 'praleist[aio]s?|praleista|neįtraukta',
    kinds: {
      image: 'vaizdas|nuotrauka|paveikslėlis',
      video: 'vaizdo įrašas|vaizdo klipas',
      audio: 'garso įrašas|garsas|balso žinutė',
      sticker: 'lipdukas',
      gif: 'GIF',
      contact: 'kontakto kortelė',
      document: 'dokumentas'
    },
    attached: 'pridėta|pridėtas|priedas|prisegta',
    fileAttached: 'failas pridėtas|pridėtas failas|prisegtas failas|failas prisegtas',
    encryption: '(?:Žinutės|Pranešimai)(?: ir skambučiai)? .{0,80}(?:šifruo|užšifruo)',
    group: [
      `% sukūrė(?:te)? (?:šią )?grupę(?: ${QUOTED})?`,
      `% pakeitė(?:te)? (?:grupės )?(?:temą|pavadinimą)(?: .{0,100})? į ${QUOTED}`,
      '% (?:pridėjo|pašalino)(?:te)? .{1,200}',
      '% (?:išėjo|paliko|prisijungė|įstojo)(?: .{0,80})?'
    ],
    numberChanged: '% pakeitė (?:savo )?(?:telefono )?numerį(?:.{0,160})?',
    call: '(?:Praleistas )?(?:grupinis )?(?:balso|vaizdo) skambutis(?:.{0,60})?'
  },
  zh: {
    half: { before: ['上午', '凌晨', '清晨', '早上'], after: ['下午', '中午', '傍晚', '晚上'] },
    deleted: '(?:此|这条|這條|该|該|這則)(?:消息|訊息|信息|讯息)(?:已删除|已被删除|已刪除|已被刪除)(?:.{1,100})?',
    deletedByExporter: '(?:您|你)(?:已)?(?:删除|刪除)(?:了)?(?:此|这条|這條|該|该|這則)(?:消息|訊息|信息|讯息)',
    edited: '(?:此|这条|這條|该|該|這則)(?:消息|訊息|信息|讯息)(?:已编辑|已被编辑|已編輯|已被編輯)|(?:消息|訊息)已(?:编辑|編輯)',
    omitted:
      '(?:省略多媒体文件|(?:忽略|省略|略去)(?:多媒体|多媒體|媒体|媒體)(?:文件|檔案|檔|内容|內容)?|(?:媒體|媒体|多媒體|多媒体)(?:檔案|文件)?(?:已)?(?:省略|忽略|略去))',
    gone: '(?:已)?(?:忽略|省略|略去)|未包含',
    kinds: {
      image: '图像|圖像|图片|圖片|照片|影像',
      video: '视频|影片|視頻|視訊',
      audio: '音频|音訊|語音訊息|语音消息|音檔',
      sticker: '贴图|貼圖|表情',
      gif: 'GIF',
      contact: '联系人卡片|聯絡人卡片|联系卡|聯絡卡',
      document: '文件|文档|文檔|檔案'
    },
    attached: '附件|已附加|附加',
    fileAttached: '文件附件|(?:附件|附加)(?:文件|檔案)|(?:文件|檔案)(?:已)?(?:附加|附上|附件)|附檔',
    encryption: '(?:消息|訊息|信息|讯息|您的)(?:和通话|與通話|和通話|及通話)?.{0,60}(?:端到端|端對端|点对点|點對點|加密)',
    group: [
      `% ?(?:创建|建立|創建|成立)(?:了)?(?:此|这个|這個|该|該)?(?:群组|群組|群)? ?(?:${QUOTED})?`,
      `% ?(?:创建|建立|創建)(?:了)? ?${QUOTED} ?(?:群组|群組)`,
      `% ?(?:将|將|把)?.{0,100}(?:更改|变更|變更|改)(?:为|為|成) ?${QUOTED}`,
      '% ?(?:添加|新增|加入|移除|移出|已添加|已新增)(?:了)? ?.{1,200}',
      '% ?(?:已)?(?:退出|离开|離開|离开了|離開了|加入了|加入)(?:.{0,80})?'
    ],
    numberChanged: '% ?(?:已)?(?:更换|更換|变更|變更|更改)(?:了)?(?:手机|手機|电话|電話)?号?號?码?碼?(?:.{0,160})?',
    call: '(?:未接(?:来电|來電|听|聽)?)?(?:群组|群組)?(?:语音|語音|视频|視訊|視頻)(?:通话|通話|来电|來電)(?:.{0,60})?'
  }
});

const all = Object.values(APP_LANGUAGES);

/** One list over all of these languages. */
export const inAllLanguages = (
  part:
    | 'deleted'
    | 'deletedByExporter'
    | 'edited'
    | 'omitted'
    | 'gone'
    | 'attached'
    | 'fileAttached'
    | 'encryption'
    | 'numberChanged'
    | 'call'
): string[] => all.map((language) => language[part]);

export const groupLines = (): string[] => all.flatMap(({ group }) => group);

export const kindNouns = (kind: keyof AppLanguage['kinds']): string => all.flatMap(({ kinds }) => kinds[kind] ?? []).join('|');

/** Half-day marks of these languages; `S` stands for any space. */
export const halfDays = (half: 'before' | 'after'): string[] => all.flatMap((language) => language.half?.[half] ?? []);
