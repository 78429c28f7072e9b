#!/usr/bin/python3
"""Our own chat-register parallel text: lines by hand and sentences by grammar, one language a pair of files.

    chat_text.py check LANG [LANG ...]      faults, counts and twenty examples
    chat_text.py sample LANG COUNT [SEED]   expanded lines, source TAB English

[Note: Chat grammar] `chat/LANG.grammar` holds lists and sentence patterns.

    # a comment
    @person                                  a list; its entries follow, one a line
    fratele meu|l-|vine<TAB>my brother|him|is coming
    = money                                  patterns follow; the word names the theme
    {person} trimite {#20-900} lei {when}<TAB>{person} is sending {#20-900} lei {when}

An entry has forms parted by `|`: `{person}` is the first, `{person.1}` the second, and the source's forms need not be as
many as the English ones. Both sides of a line mean the same entry by the same name; `{person:a}` and `{person:b}` draw
two different entries of one list. Entries may hold slots themselves. `{#20-900}` is a whole number, `{clock}` a time of
day as people type it and `{name}` a first name of any culture: the same on both sides.
"""
import os
import random
import re
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'chat')
VERDICTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'verdicts')
HELD_OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'bench', 'chat')
# Characters of a line and the one before it.
LONGEST_BEHIND = 110
SLOT = re.compile(r'\{(#\d+-\d+|[a-z_]+)(?:\.(\d+))?(?::([a-z0-9]+))?\}')
NAMES = """Adil Agnieszka Ahmet Alba Albu Amadou Amina Ana Andrei Anh Arben Arta Aurel Ayla Bashir Besnik Bianca Bilal Binh Bogdan
Camila Carlos Catalin Chen Chiara Claudia Cosmin Costel Cristi Dalia Dan Daniela Dario Deniz Diego Dima Dragos Dritan Duc
Edi Elena Elif Emeka Emre Enzo Erion Esra Fatima Fatou Florin Gabi Gheorghe Gigi Giulia Hamid Hassan Hoa Hugo Ibrahim Ilir
Imran Ines Ioana Ion Irina Ivan Jamal Joana Jonas Jorge Juan Karim Kasia Khalid Lan Laszlo Layla Lenuta Linh Luan Luca Lucia
Luis Madalina Magda Malik Marcin Marco Maria Marius Marta Mateo Mehdi Mihai Mircea Mirela Mohamed Mustafa Nadia Naim Nelu Nicu
Nikos Noor Oana Olga Omar Osman Paolo Paula Pavel Pedro Petra Petrica Piotr Quang Radu Rafa Rasa Rashid Razvan Rosa Rui Sabina
Said Samir Sandu Selim Sergiu Silvia Simona Sorin Stefan Sunil Tania Tariq Tiago Tomas Toni Tuan Valentin Vasile Vera Victor
Vlad Wei Xhevahir Yasmin Youssef Yusuf Zainab Zoltan Zsofia""".split()


class GrammarError(Exception):
    """Names file and line."""


class Grammar:
    """Lists and patterns of one language. `lines(n, rng)` gives n (source, English) pairs."""

    def __init__(self, path):
        self.lists, self.patterns = {}, []
        entries = theme = None
        with open(path, encoding='utf-8') as f:
            for number, line in enumerate(f, 1):
                line = line.rstrip('\n')
                if not line.strip() or line.startswith('#'):
                    continue
                if line.startswith('@'):
                    entries, theme = self.lists.setdefault(line[1:].strip(), []), None
                elif line.startswith('='):
                    entries, theme = None, line[1:].strip()
                elif line.count('\t') != 1:
                    raise GrammarError(f'{path}:{number}: wants one tab: {line}')
                elif entries is not None:
                    entries.append(tuple(side.split('|') for side in line.split('\t')))
                elif theme is not None:
                    self.patterns.append((number, theme, *line.split('\t')))
                else:
                    raise GrammarError(f'{path}:{number}: stands under no list and no theme: {line}')
        self.path = path

    def fill(self, source, english, rng, where):
        """Replaces slots in both sides by the same draws until none is left."""
        drawn = {}

        def entry(name, label):
            key = (name, label)
            if key not in drawn:
                if name.startswith('#'):
                    low, high = map(int, name[1:].split('-'))
                    n = rng.randint(low, high)
                    # People owe round sums.
                    drawn[key] = n if n < 60 or rng.random() < 0.3 else n // 10 * 10
                elif name == 'clock':
                    hour = rng.randint(0, 23)
                    drawn[key] = rng.choice([str(hour), f'{hour}:{rng.choice(("00", "15", "30", "45"))}', f'{hour:02}:{rng.randint(0, 59):02}'])
                elif name == 'name':
                    others = {v for (n, _), v in drawn.items() if n == 'name'}
                    drawn[key] = rng.choice([n for n in NAMES if n not in others])
                else:
                    if name not in self.lists:
                        raise GrammarError(f'{self.path}:{where}: no list {name}')
                    taken = [v for (n, _), v in drawn.items() if n == name]
                    free = [e for e in self.lists[name] if not any(e is t for t in taken)]
                    if not free:
                        raise GrammarError(f'{self.path}:{where}: list {name} has too few entries')
                    drawn[key] = rng.choice(free)
            return drawn[key]

        def side(text, which):
            for _ in range(6):
                if '{' not in text:
                    return text

                def put(m):
                    value = entry(m[1], m[3] or '')
                    if not isinstance(value, tuple):
                        return str(value)
                    form = int(m[2] or 0)
                    if form >= len(value[which]):
                        raise GrammarError(f'{self.path}:{where}: {m[1]} has no form {form} on side {which + 1}: {value[which][0]}')
                    return value[which][form]

                before, text = text, SLOT.sub(put, text)
                if text == before:
                    raise GrammarError(f'{self.path}:{where}: cannot fill {text}')
            raise GrammarError(f'{self.path}:{where}: slots within slots too deep')

        return side(source, 0), side(english, 1)

    def lines(self, count, rng):
        """Every pattern as often as any other, in random order."""
        made = []
        while len(made) < count:
            order = list(self.patterns)
            rng.shuffle(order)
            made += [self.fill(s, e, rng, where) for where, _, s, e in order]
        return made[:count]


def hand_lines(path):
    pairs = []
    with open(path, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            if line.count('\t') != 1 or not all(part.strip() for part in line.split('\t')):
                raise GrammarError(f'{path}:{number}: wants source TAB English: {line}')
            pairs.append(tuple(part.strip() for part in line.split('\t')))
    return pairs


NAME = re.compile(r'\b[A-ZÀ-ÖØ-ÞĂȘȚ][a-zà-öø-ÿăşșţțčćšžńłęąışğ]{2,}\b')


def names_of(pairs):
    """Words with a capital that stand alike on both sides of a pair and never without it in the English: people, streets,
    shops and towns, in order of the alphabet."""
    both, small = set(), set()
    for source, english in pairs:
        both.update(set(NAME.findall(source)) & set(NAME.findall(english)))
        small.update(re.findall(r'\b[a-z]{3,}\b', english))
    return sorted(name for name in both if name.lower() not in small)


def plain(text):
    """What two lines are compared by: letters and digits only, lower case."""
    return ' '.join(re.findall(r'\w+', text.lower()))


def held_out_of(language):
    """`plain` sources of the held-out lines; empty where there is no file."""
    path = f'{HELD_OUT}/{language}.tsv'
    return {plain(source) for source, _ in hand_lines(path)} if os.path.exists(path) else set()


def without(held_out, pairs):
    return [pair for pair in pairs if plain(pair[0]) not in held_out]


def hand_pairs(language):
    """Lines by hand, held-out lines never among them; empty where there is no file."""
    path = f'{FOLDER}/{language}.tsv'
    return without(held_out_of(language), hand_lines(path)) if os.path.exists(path) else []


def taught(language):
    """Lines by hand but those whose machine English was read for doubts (verdicts.ts): what is measured on these has to be
    measured on lines that nobody taught. @raises GrammarError where verdicts and lines no longer belong together."""
    path = f'{VERDICTS}/{language}.tsv'
    with open(path, encoding='utf-8') as f:
        read = {line.split('\t')[0] for line in f if line.strip() and not line.startswith('#')}
    pairs = hand_pairs(language)
    left = [pair for pair in pairs if pair[0] not in read]
    if len(left) == len(pairs):
        raise GrammarError(f'{path}: none of these lines is among the lines by hand')
    return left


def conversations(language, folder=FOLDER):
    """[[(writer, source, English), …], …] of conversations/LANG.tsv below a folder, by hand; empty where there is no file."""
    path, talks = f'{folder}/conversations/{language}.tsv', {}
    if os.path.exists(path):
        with open(path, encoding='utf-8') as f:
            for line in f:
                if not line.startswith('#'):
                    number, *said = line.rstrip('\n').split('\t')
                    talks.setdefault(number, []).append(tuple(said))
    return list(talks.values())


def spoken_pairs(talks):
    """Each line of conversations by itself."""
    return [(source, english) for talk in talks for _, source, english in talk]


def behind_pairs(talks, longest=LONGEST_BEHIND):
    """Each line behind the one before it where both have room: as src/lib/language/before.ts gives them to the model."""
    pairs = []
    for talk in talks:
        for (_, before, said), (_, source, english) in zip(talk, talk[1:]):
            if len(before) + len(source) < longest:
                pairs.append((f'{ended(before)} {source}', f'{ended(said)} {english}'))
    return pairs


def ended(text):
    """With a stop where no mark ends it."""
    return text if text.rstrip('"”’»)]').endswith(('.', '!', '?', '…')) else text + '.'


def grammar_pairs(language, count, seed):
    """`count` lines by grammar, held-out lines taken out of them; empty where there is no file."""
    path = f'{FOLDER}/{language}.grammar'
    return without(held_out_of(language), Grammar(path).lines(count, random.Random(seed))) if os.path.exists(path) else []


def check(language):
    """Prints counts and examples; raises GrammarError for what cannot be used."""
    grammar = Grammar(f'{FOLDER}/{language}.grammar')
    rng = random.Random(1)
    # Often enough for every entry to be met in every place it may stand.
    made = set(grammar.lines(len(grammar.patterns) * 120, rng))
    used = set(re.findall(r'\{([a-z_]+)', ' '.join(s + e for _, _, s, e in grammar.patterns)
                          + ' '.join(f for entries in grammar.lists.values() for e in entries for side in e for f in side)))
    unused = [name for name in grammar.lists if name not in used]
    hand = hand_lines(f'{FOLDER}/{language}.tsv')
    held_out = hand_lines(f'{HELD_OUT}/{language}.tsv')
    trained = {plain(s) for s, _ in made} | {plain(s) for s, _ in hand}
    common = [s for s, _ in held_out if plain(s) in trained]
    twice = len(hand) - len({plain(s) for s, _ in hand})
    print(f'{language}: {len(grammar.patterns)} patterns, {len(grammar.lists)} lists, '
          f'{len(made)} distinct of {len(grammar.patterns) * 120} drawn; by hand {len(hand)} ({twice} twice); '
          f'held out {len(held_out)} ({len(common)} also trained)')
    for source, english in rng.sample(sorted(made), 20):
        print(f'  {source}  =>  {english}')
    if unused:
        print('  lists nobody uses:', ' '.join(unused))
    if common:
        print('  held-out lines that training would see:', common[:10])
    return not common and not unused


def main():
    command, *rest = sys.argv[1:]
    if command == 'check':
        sys.exit(0 if all([check(language) for language in rest]) else 1)
    if command == 'sample':
        for source, english in Grammar(f'{FOLDER}/{rest[0]}.grammar').lines(int(rest[1]), random.Random(int((rest[2:] or ['1'])[0]))):
            print(f'{source}\t{english}')


if __name__ == '__main__':
    try:
        main()
    except GrammarError as error:
        sys.exit(str(error))
