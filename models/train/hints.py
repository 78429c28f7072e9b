"""Words of a line with what they may mean in English, written into the line for the model to use.

[Note: Hints] Ten million parameters hold grammar and the common words; thousands of words of everyday life (mattress,
padlock, advance on wages) they mix up with words of like sound. So these stand in a table by hand (`chat/LANG.words.tsv`:
surface forms parted by blanks, TAB, English parted by "; "), and each that is met is followed by its English between two marks:

    salteaua<open> mattress<close> e sus

The model learns when to believe it: in training the same rule writes them into the lines as at run time
(src/lib/language/hints.ts), whether they fit there or not. Words that the training text holds often need none.
"""
import collections
import os
import re

from chat_text import FOLDER, hand_lines
from noise import without_marks

OPEN, CLOSE = '\ue006', '\ue007'
# A word that the lines by hand hold as often as this is learnt from them.
OFTEN = 15
MOST_GLOSSES = 2
WORD = re.compile(r"[^\W\d_]+")


def folded(text):
    return without_marks(text.lower())


def entries(path):
    """(forms, glosses) of a word list; raises ValueError that names the line."""
    with open(path, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            if not line.strip() or line.startswith('#'):
                continue
            forms, tab, glosses = line.rstrip('\n').partition('\t')
            if not tab or not forms.split() or not glosses.strip():
                raise ValueError(f'{path}:{number}: wants forms TAB English: {line.rstrip()}')
            yield forms.split(), [gloss.strip() for gloss in glosses.split(';') if gloss.strip()]


def hint_table(language):
    """{folded form: "gloss, gloss"}: of forms that two entries share, the first gloss of each comes first."""
    path = f'{FOLDER}/{language}.words.tsv'
    if not os.path.exists(path):
        return {}
    seen = collections.Counter(word for source, _ in hand_lines(f'{FOLDER}/{language}.tsv') for word in WORD.findall(folded(source)))
    found = collections.defaultdict(list)
    for forms, glosses in entries(path):
        for form in {folded(form) for form in forms}:
            if len(form) > 2 and seen[form] < OFTEN and WORD.fullmatch(form):
                found[form].append(glosses)
    table = {}
    for form, lists in found.items():
        firsts = [glosses[0] for glosses in lists] + [gloss for glosses in lists for gloss in glosses[1:]]
        table[form] = ', '.join(list(dict.fromkeys(firsts))[:MOST_GLOSSES])
    return table


def hinted(source, table, wanted=lambda: True):
    """The line with the English of each word that the table holds and `wanted` says yes to."""
    if OPEN in source or CLOSE in source:
        return source

    def put(m):
        gloss = table.get(folded(m[0]))
        return m[0] if gloss is None or not wanted() else f'{m[0]}{OPEN} {gloss}{CLOSE}'

    return WORD.sub(put, source)
