/**
 * A "not" that was lost or brought in: the most dangerous thing a small model does, because the rest reads well ("on a pas
 * de papiers" => "There are some papers"). Words are counted, not understood: the lists say what is looked for.
 */
import type { LanguageCode } from './contract.ts';
import { folded } from './fold.ts';

interface Negators {
  /** Any of these denies. */
  readonly strong: RegExp;
  /** May deny or not: neither its presence nor its absence proves anything. */
  readonly open: RegExp;
  /** Phrases that deny nothing: ", né?", "de nada". */
  readonly tag: RegExp;
}

const words = (list: string): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}'-])(?:${list})(?![\p{L}\p{N}])`, 'u');

/** In folded text, chat spellings included. */
const NEGATORS: Readonly<Record<LanguageCode, Negators>> = {
  fra: {
    strong: words("pas|jamais|rien|aucune?|nan|non|personne ne|ni|sans|nulle part|n'est plus|n'ai plus|n'y a plus"),
    open: words(
      "plus|personne|que|qu'.*|ne|n'.*|t'inquiete.*|tkt|peu|guere|seule?ment|sauf|moins|manque.*|refus.*|arret.*|faux|fausse|impossible|interdi.*|in\\p{L}+|im\\p{L}+|de\\p{L}+|mal|trop|rarement|aussi|loin|mort|osef|rater?|perdu.*|jsp|marre|zero|bof|fini.*"
    ),
    tag: /(?:,\s*)?(?:n'est[- ]ce pas|pas vrai|non|hein)\s*\?|de rien/gu
  },
  spa: {
    strong: words('no|nunca|jamas|nada|nadie|ningun[oa]?|ni|sin|tampoco'),
    open: words(
      'sino|apenas|poc[oa]s?|solo|menos|salvo|excepto|falt\\p{L}*|dej\\p{L}*|nega\\p{L}*|imposible|in\\p{L}+|im\\p{L}+|des\\p{L}+|mal|demasiado|q va|que va|tranqui\\p{L}*|raro|cero|acab\\p{L}*|ojala'
    ),
    tag: /(?:,\s*|¿\s*)(?:no|verdad)\s*\?|de nada|no vaya a ser/gu
  },
  por: {
    strong: words('nao|n|nn|nunca|nada|ninguem|nenhum[a]?|nenhuns|nem|sem|jamais|tampouco'),
    open: words(
      'num|apenas|pouc[oa]s?|so|menos|exceto|falt\\p{L}*|deix\\p{L}*|neg\\p{L}*|impossivel|in\\p{L}+|im\\p{L}+|des\\p{L}+|mal|demais|que nada|tranquil\\p{L}*|dificil\\p{L}*|raro|acab\\p{L}*|zero|demasiado|ja'
    ),
    tag: /(?:,\s*)?(?:nao e|nao|ne|neh|n e)\s*\?|de nada/gu
  },
  ita: {
    strong: words("non|nn|niente|nulla|nessun[oa]?|neanche|nemmeno|neppure|senza|no|nient'altro"),
    open: words(
      'mai|ne|solo|poc[oa]|pochi|meno|tranne|manc\\p{L}*|smett\\p{L}*|rifiut\\p{L}*|impossibile|in\\p{L}+|im\\p{L}+|dis\\p{L}+|s[cfp]\\p{L}+|male|troppo|appena|difficil\\p{L}*|macche|zero|finit\\p{L}*|basta|boh|figurati|tranquill\\p{L}*|perso'
    ),
    tag: /(?:,\s*)?(?:no|non e vero|vero)\s*\?|finche non|di niente/gu
  },
  ron: {
    strong: words('nu|n|n-\\p{L}*|nu-\\p{L}*|niciodata|nicicand|nimic|nimeni|nici|niciun|nicio|nicaieri|fara|deloc|ba'),
    open: words(
      'decat|doar|numai|putin\\p{L}*|abia|lips\\p{L}*|refuz\\p{L}*|imposibil|in\\p{L}+|im\\p{L}+|ne\\p{L}+|dez?\\p{L}+|rau|prea|greu|rar|zero|gata|degeaba|terminat|pierdut|las\\p{L}*|habar'
    ),
    tag: /(?:,\s*)?(?:nu|nu-i asa|nu e asa|asa-i)\s*\?/gu
  }
};

const ENGLISH: Negators = {
  strong: words(
    "not|no|never|nothing|nobody|none|nor|neither|nowhere|without|cannot|no one|no-one|\\p{L}+n't|cant|dont|didnt|wont|isnt|aint|doesnt|wasnt|havent|nope|nah"
  ),
  open: words(
    'un(?!til|der|cle|i)\\p{L}{3,}|impossible|illegal|invalid|incapable|inappropriate|incorrect|incomplete|innocent|invisible|insane|dis(?:agree|like|appear|connect|honest|obey|appoint)\\p{L}*|\\p{L}{3,}less|non-?\\p{L}+|hardly|barely|scarcely|seldom|rarely|only|nothing but|fail\\p{L}*|refus\\p{L}*|lack\\p{L}*|stop\\p{L}*|quit|miss\\p{L}*|out of|too|instead|rather|avoid\\p{L}*|den(?:y|ies|ied)|wrong|hard|difficult|empty|gone|forg[eo]t\\p{L}*|ignor\\p{L}*|few|little|free|let alone|lost|lose|who cares|bad|broke|bet|meh|without|unless|zero|cheer up|hell of|kidding|else'
  ),
  tag: /,?\s*(?:is|are|do|does|did|wo|ca|have|has|was|were|would|could|should|sha|ai)n't\s+(?:it|he|she|they|we|you|i|there|that)\s*\?|,\s*(?:no|right|innit|eh)\s*\?/gu
};

type Denial = 'denies' | 'open' | 'affirms';

function denialOf(text: string, negators: Negators): Denial {
  const bare = folded(text).replace(negators.tag, ' ');
  if (negators.strong.test(bare)) return 'denies';
  return negators.open.test(bare) ? 'open' : 'affirms';
}

/** Whether one side denies and the other surely does not; false for languages without a list. */
export function negationChanged(source: string, english: string, language: LanguageCode): boolean {
  const negators = NEGATORS[language];
  if (negators === undefined) return false;
  const before = denialOf(source, negators);
  const after = denialOf(english, ENGLISH);
  return (before === 'denies' && after === 'affirms') || (before === 'affirms' && after === 'denies');
}
