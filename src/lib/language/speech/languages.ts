/**
 * The languages that Whisper's tokens name, by their ISO 639-3 codes. Whisper writes ISO 639-1 where there is one; `jw` is
 * its own spelling of Javanese, `no` stands for both written forms of Norwegian.
 */
const CODES =
  'en:eng zh:zho de:deu es:spa ru:rus ko:kor fr:fra ja:jpn pt:por tr:tur pl:pol ca:cat nl:nld ar:ara sv:swe it:ita id:ind ' +
  'hi:hin fi:fin vi:vie he:heb uk:ukr el:ell ms:msa cs:ces ro:ron da:dan hu:hun ta:tam no:nor th:tha ur:urd hr:hrv bg:bul ' +
  'lt:lit la:lat mi:mri ml:mal cy:cym sk:slk te:tel fa:fas lv:lav bn:ben sr:srp az:aze sl:slv kn:kan et:est mk:mkd br:bre ' +
  'eu:eus is:isl hy:hye ne:nep mn:mon bs:bos kk:kaz sq:sqi sw:swa gl:glg mr:mar pa:pan si:sin km:khm sn:sna yo:yor so:som ' +
  'af:afr oc:oci ka:kat be:bel tg:tgk sd:snd gu:guj am:amh yi:yid lo:lao uz:uzb fo:fao ht:hat ps:pus tk:tuk nn:nno mt:mlt ' +
  'sa:san lb:ltz my:mya bo:bod tl:tgl mg:mlg as:asm tt:tat haw:haw ln:lin ha:hau ba:bak jw:jav su:sun yue:yue';

const byToken: ReadonlyMap<string, string> = new Map(CODES.split(' ').map((pair) => pair.split(':') as [string, string]));

/** Every language that the multilingual models name, by its ISO 639-3 code. */
export const WHISPER_LANGUAGES: readonly string[] = [...new Set(byToken.values())];

/** ISO 639-3 code for a token such as '<|ro|>', 'und' for one that names no language known here. */
export function languageOfToken(token: string): string {
  return byToken.get(token.replace(/^<\|(.*)\|>$/, '$1')) ?? 'und';
}
