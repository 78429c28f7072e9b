/** English words as topics see them: folded, without grammar words, links, numbers and handles. */

/** Grammar and chat words that say nothing of a subject. Our own list, from what heads counts of chat English. */
const STOP_WORDS = new Set(
  `a about after again all already also always am an and another any anyone anything are aren around as at away
  back be because been before being both but by bye can cannot cant come comes coming could couldn cos did didn didnt do
  does doesn doesnt doing don done dont down each else even ever every everyone everything few for from
  get gets getting give go goes going gonna good got gotta had has hasn have haven having he hello hey hi her here hers
  him his how however i if im in into is isn isnt it its itself ive just know let lets like ll lol look made make makes many
  may maybe me mean might mine more most much must my myself need needs never next no nobody none not nothing now
  of off oh ok okay old on once one only or other our out over own people please pls put re really right
  said same say says see send sent set she should shouldn since so some somebody someone something soon sorry still such sure
  take tell than thank thanks that thats the their them then there these they thing things think this those though
  through til till to today tomorrow tonight too told took u up ur us use used very want wants was wasn way we well went were weren
  what whats when where which while who why will with within without won wont would wouldn yeah yep yes yesterday yet you your
  yours youre ya yo im ill id hes shes theyre ain ah aha haha hahaha hmm mm uh um wow
  said ve don nt em ma omitted media image video audio voice message deleted null forwarded attached file`.split(/\s+/)
);

const NOISE = /https?:\/\/\S+|www\.\S+|\S+@\S+|[@#]\S+/g;
const MARKS = /\p{M}+/gu;
const WORD = /\p{L}[\p{L}\p{N}]*/gu;

/** The words of a text in order. Words of one letter and of more than 24 (pasted keys, laughter) are left out. */
export function topicWords(text: string): string[] {
  const folded = text
    .replace(NOISE, ' ')
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/['\u2019]/g, '')
    .toLowerCase();
  const words = folded.match(WORD) ?? [];
  return words.filter((word) => word.length > 1 && word.length <= 24 && !STOP_WORDS.has(word));
}
