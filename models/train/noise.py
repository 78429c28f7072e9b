"""Textbook sentences as people type them on a phone: what the sources of a training pair go through, anew each epoch.

[Note: Placeholders] Numbers, times, amounts, handles and plates never go through the model (src/lib/language/mask.ts):
each is replaced by one of these private-use characters before and put back afterwards. The vocabulary holds them as
whole pieces and the model learns here to carry each of them over, once and in the right place.
"""
import re
import unicodedata

from chat_text import NAME, NAMES
from texting import LINE_SHARE, texted

# The vocabulary's last two private-use pieces mark hints: see hints.py.
PLACEHOLDERS = ''.join(map(chr, range(0xE000, 0xE006)))
# The part of src/lib/language/mask.ts that textbook sentences hold.
TOKEN = re.compile(r'[€£$]\s?\d+(?:[.,]\d+)*|\d+(?:[.,:/]\d+)*\s?[€£$%]|\d{1,2}[hH]\d{0,2}(?!\w)|\+?\d[\d ]{6,}\d|\d+(?:[.,:/-]\d+)*')
TEXTBOOK_NAMES = re.compile(r'\b(Tom|Mary|John|Alice|Ken|Bill|Marie|Maria|Jack|Bob|Mike|Jim|Fadil|Sami|Layla|Ziri|Yanni)\b')
# Of lines where a comma may become a full stop, and words on either side of it.
RESENTENCED_SHARE, LEAST_CLAUSE = 0.4, 3
# Of the names that are put in, made of halves of two.
MADE_UP_SHARE = 0.25
CONTRACTED = re.compile(r"(?<=\w)['’](?=\w)")


def without_marks(text):
    return ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))


def placed(source, english, rng):
    """Tokens that stand once on each side become placeholders, in nine lines of ten."""
    if rng.random() < 0.1:
        return source, english
    free = list(PLACEHOLDERS)
    # Whichever comes first in a line, at run time they are given in order from the first.
    for token in TOKEN.findall(source):
        if free and english.count(token) == 1 and source.count(token) == 1:
            mark = free.pop(0)
            source, english = source.replace(token, mark), english.replace(token, mark)
    return source, english


class Renamer:
    """Other names for those that stand on both sides of a pair, so that a name is learnt as a thing to carry over and not
    word by word: names that occur in the training text, and names that nobody bears."""

    def __init__(self, names):
        self.names = sorted({*NAMES, *names})
        self.known = set(self.names)
        self.starts = [name[:len(name) // 2 + 1] for name in self.names]
        self.ends = [name[len(name) // 2:] for name in self.names]

    def other(self, rng):
        if rng.random() < MADE_UP_SHARE:
            return rng.choice(self.starts) + rng.choice(self.ends)
        return rng.choice(self.names)

    def __call__(self, source, english, rng):
        names = {*TEXTBOOK_NAMES.findall(english), *(self.known & set(NAME.findall(english)))}
        for name in sorted(names):
            typed = re.search(rf'\b{name}\b', source, re.IGNORECASE)
            if typed is None:
                continue
            other = self.other(rng)
            source = re.sub(rf'\b{typed[0]}\b', other if typed[0][0].isupper() else other.lower(), source)
            english = re.sub(rf'\b{name}\b', other, english)
        return source, english


def with_extra(source, english, rng):
    """A placeholder that both sides open or end with, as a number or handle set beside a sentence."""
    mark = next((m for m in PLACEHOLDERS if m not in source and m not in english), None)
    if mark is None:
        return source, english
    if rng.random() < 0.6:
        return f'{source.rstrip(".")} {mark}', f'{english.rstrip(".")} {mark}'
    return f'{mark} {source}', f'{mark} {english}'


def mistyped(text, rng):
    """One slip of the thumb: two letters swapped, one dropped, one doubled."""
    places = [i for i in range(1, len(text) - 2) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    i = rng.choice(places)
    return rng.choice([text[:i] + text[i + 1] + text[i] + text[i + 2:], text[:i] + text[i + 1:], text[:i] + text[i] + text[i:]])


def drawn_out(text, rng):
    """A last vowel held: "daaa", "noooo"."""
    ends = [m.start() for m in re.finditer(r'[aeiouăâîáéíóúàèìòù](?=\b)', text)]
    if not ends:
        return text
    i = rng.choice(ends)
    return text[:i] + text[i] * rng.randint(2, 4) + text[i:]


def noised(source, english, language, rng, renamed):
    """(source as typed, English) of a pair; `renamed` is a Renamer. English keeps its spelling; names, numbers and marks change on both sides."""
    if rng.random() < RESENTENCED_SHARE:
        source, english = resentenced(source, english, rng) or (source, english)
    if rng.random() < 0.5:
        source, english = renamed(source, english, rng)
    source, english = placed(source, english, rng)
    if rng.random() < 0.08:
        source, english = with_extra(source, english, rng)
    if rng.random() < LINE_SHARE:
        source = texted(source, language, rng)
    if rng.random() < 0.35:
        source = without_marks(source)
    case = rng.random()
    if case < 0.35:
        source = source.lower()
    elif case < 0.37:
        source = source.upper()
    if rng.random() < 0.4:
        source = source.rstrip('.!…').rstrip() if rng.random() < 0.6 else source.rstrip('.!?…').rstrip()
    if rng.random() < 0.1:
        source = CONTRACTED.sub('' if rng.random() < 0.6 else ' ', source)
    if rng.random() < 0.08:
        source = re.sub(r'[¿¡]', '', source)
    if rng.random() < 0.1:
        source = mistyped(source, rng)
    if rng.random() < 0.06:
        source = drawn_out(source, rng)
    return source, english


def resentenced(source, english, rng):
    """A clause that both sides set off by their n-th comma of as many, as a sentence of its own; None where there is no such
    clause. Hand-written lines are nearly all of one sentence, while messages are of two or three that need each other."""
    parts, english_parts = source.split(', '), english.split(', ')
    if not 2 <= len(parts) == len(english_parts) <= 3:
        return None
    cuts = [i for i in range(1, len(parts)) if all(
        len(piece.split()) >= LEAST_CLAUSE for side in (parts, english_parts) for piece in (', '.join(side[:i]), ', '.join(side[i:])))]
    if not cuts:
        return None
    i = rng.choice(cuts)
    after, english_after = ', '.join(parts[i:]), ', '.join(english_parts[i:])
    if rng.random() < 0.5:
        after = after[0].upper() + after[1:]
    mark = rng.choice(['. ', '. ', '. ', '... ', '.. '])
    return ', '.join(parts[:i]) + mark + after, ', '.join(english_parts[:i]) + '. ' + english_after[0].upper() + english_after[1:]


def joined(pairs, share, rng):
    """(source, English, language) of neighbours of one language set side by side, with or without a mark between, as
    messages without full stops run on."""
    out, i = [], 0
    while i < len(pairs):
        (source, english, language), both = pairs[i], i + 1 < len(pairs) and rng.random() < share
        if both and len(source) < 50 and len(pairs[i + 1][0]) < 50 and language == pairs[i + 1][2]:
            after, after_english, _ = pairs[i + 1]
            i += 1
            # The same placeholder twice would be two tokens with one stand-in.
            if not set(PLACEHOLDERS) & set(source) & set(after):
                bare = source.rstrip('.,!? ')
                source = rng.choice([f'{bare} {after}', f'{bare}, {after}', f'{source} {after}'])
                english = f'{english} {after_english}' if english[-1] in '.!?' else f'{english}. {after_english}'
            else:
                out.append((after, after_english, language))
        out.append((source, english, language))
        i += 1
    return out
