"""Words of a line with what they may mean in English, written into the line for the model to use.

[Note: Hints] Ten million parameters hold grammar and the common words; thousands of words of everyday life (mattress,
padlock, advance on wages) they mix up with words of like sound. So these stand in a table by hand (`chat/LANG.words.tsv`:
surface forms parted by blanks, TAB, English parted by "; "), and each that is met is followed by its English between two marks:

    salteaua<open> mattress<close> e sus

Set phrases ("comme d'hab", as usual) stand in the same table, their words joined by "_"; the longest that fits is taken,
and the words in it get no hint of their own. The model learns when to believe a hint: in training the same rule writes
them into the lines as at run time (src/lib/language/hints.ts), whether they fit there or not. Words that the training
text holds often need none.
"""
import collections
import os
import re

from chat_text import FOLDER, hand_lines
from noise import without_marks

OPEN, CLOSE = '\ue006', '\ue007'
# A word that the lines by hand hold as often as this is learnt from them.
OFTEN = 40
MOST_GLOSSES = 2
WORD = re.compile(r"[^\W\d_]+")
# Between two words of a phrase.
GAP = re.compile(r"[ '’-]")


def folded(text):
    return without_marks(text.lower())


def phrase_of(form):
    """Folded words of a form in a list, joined by blanks."""
    return ' '.join(WORD.findall(folded(form.replace('_', ' '))))


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


class Hints:
    """{folded form: "gloss, gloss"}, and how many words the longest phrase has that begins with a word."""

    def __init__(self, table):
        self.table, self.longest = table, {}
        for form in table:
            first, *more = form.split(' ')
            self.longest[first] = max(self.longest.get(first, 1), 1 + len(more))

    def into(self, line, wanted=lambda: True):
        """The line with the English of each form that the table holds and `wanted` says yes to."""
        if OPEN in line or CLOSE in line:
            return line
        words = list(WORD.finditer(line))
        keys = [folded(word[0]) for word in words]
        out, at, i = [], 0, 0
        while i < len(words):
            for count in range(min(self.longest.get(keys[i], 0), len(words) - i), 0, -1):
                run = words[i:i + count]
                gloss = self.table.get(' '.join(keys[i:i + count]))
                if gloss and all(GAP.fullmatch(line, a.end(), b.start()) for a, b in zip(run, run[1:])):
                    if wanted():
                        out.append(f'{line[at:run[-1].end()]}{OPEN} {gloss}{CLOSE}')
                        at = run[-1].end()
                    i += count - 1
                    break
            i += 1
        return ''.join(out) + line[at:]


def hints_of(language):
    """Hints out of a language's list: of forms that two entries share, the first gloss of each comes first."""
    path = f'{FOLDER}/{language}.words.tsv'
    if not os.path.exists(path):
        return Hints({})
    seen = collections.Counter(word for source, _ in hand_lines(f'{FOLDER}/{language}.tsv') for word in WORD.findall(folded(source)))
    found = collections.defaultdict(list)
    for forms, glosses in entries(path):
        for form in {phrase_of(form) for form in forms}:
            if ' ' in form or (len(form) > 2 and seen[form] < OFTEN):
                found[form].append(glosses)
    table = {}
    for form, lists in found.items():
        firsts = [glosses[0] for glosses in lists] + [gloss for glosses in lists for gloss in glosses[1:]]
        table[form] = ', '.join(list(dict.fromkeys(firsts))[:MOST_GLOSSES])
    return Hints(table)
