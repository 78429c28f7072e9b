"""What an epoch of training is made of: corpora and chat text, noised, hinted, cut into tokens and set together in batches."""
import collections
import lzma
import random

from chat_text import behind_pairs, conversations, grammar_pairs, names_of, spoken_pairs, taught
from hints import hints_of
from noise import Renamer, joined, noised
from transformer import BOS, EOS, LONGEST_TOKENS, filled

# Unproven licence.
LEFT_OUT = 'refugee-phrasebook'
LONGEST_CHARACTERS = 200
# Every DEV_EVERY-th line is kept back to watch the run; test files are never read here.
DEV_EVERY = 300
# Of short neighbours in an epoch, so many are set side by side as one line.
JOINED_SHARE = 0.12
# Often enough for their words to stay, seldom enough for the lines not to be learnt by heart.
HAND_TIMES = 4
# Of chat text, by hand; the rest is grammar, whose sentences are all of a few patterns.
HAND_SHARE = 0.9
# Of lines with hints, and of the words in them that get one: the model has to do without, too.
HINT_LINES, HINT_WORDS = 0.65, 0.9
# Lengths are rounded up to these steps: a GPU multiplies matrices of such sizes fastest.
LENGTHS_BY = 8
# Lines that are sorted by length before they are cut into batches.
SORTED = 64000


def read_corpora(folder, languages):
    """({language: training pairs}, {language: pairs kept back})."""
    train, dev = collections.defaultdict(list), collections.defaultdict(list)
    seen = collections.Counter()
    with lzma.open(f'{folder}/train.tsv.xz', 'rt', encoding='utf-8') as f:
        for line in f:
            language, source, english, origin = line.rstrip('\n').split('\t')[:4]
            if language not in languages or origin == LEFT_OUT or max(len(source), len(english)) > LONGEST_CHARACTERS:
                continue
            seen[language] += 1
            (dev if seen[language] % DEV_EVERY == 0 else train)[language].append((source, english))
    return train, dev


def epoch_pairs(train, chat, rng, seed, chat_share, evenness=0.5, part=1.0, newest=0):
    """One epoch of (language, source, English): every corpus line or a `part` of them by chance, small languages more than
    once (1: all as often as the largest, 0: each line once), and chat text at `chat_share` of the whole, HAND_SHARE of it by
    hand where there is as much. Half of these places go to the `newest` lines of each file, which weights trained before
    have not met. `chat` is {language: lines by hand}, `seed` that of the grammar's lines."""
    largest = max(len(pairs) for pairs in train.values())
    pairs = []
    for language, own in train.items():
        times = (largest / len(own)) ** evenness
        own = own * int(times) + rng.sample(own, int(len(own) * (times % 1)))
        rng.shuffle(own)
        pairs += [(language, *pair) for pair in own[:int(len(own) * part)]]
    count = int(len(pairs) * chat_share / (1 - chat_share) / len(train))
    for language in train:
        hand, grammar = chat[language], grammar_pairs(language, count, seed)
        places = int(count * HAND_SHARE)
        new, old = hand[max(0, len(hand) - newest):], hand[:max(0, len(hand) - newest)]
        rng.shuffle(new)
        rng.shuffle(old)
        first = (new * HAND_TIMES)[:places // 2] if newest else []
        by_hand = first + (old * HAND_TIMES)[:places - len(first)]
        pairs += [(language, *pair) for pair in by_hand + grammar[:count - len(by_hand)]]
    return pairs


def repeated(pairs, count, rng):
    """`count` (language, source, English) of {language: pairs}, of each language as many, each pair about as often."""
    drawn = []
    for language, own in pairs.items():
        places = count // len(pairs) if own else 0
        drawn += [(language, *pair) for pair in own * (places // max(1, len(own)))]
        drawn += [(language, *pair) for pair in rng.sample(own, places % max(1, len(own)))]
    return drawn


def rounded(length):
    return -(-length // LENGTHS_BY) * LENGTHS_BY


def batches(examples, rng, most_tokens):
    """(source, target) matrices of at most `most_tokens` places together (a target's first, BOS, not counted), for pairs of
    like lengths; in random order. Half full is full enough where longer pairs would come next."""
    rng.shuffle(examples)
    groups = []
    for at in range(0, len(examples), SORTED):
        sized = [((rounded(len(s)), rounded(len(t))), s, t) for s, t in examples[at:at + SORTED]]
        group, wide, high = [], 0, 0
        for (width, height), source, target in sorted(sized, key=lambda line: line[0]):
            full = (max(wide, width) + max(high, height)) * (len(group) + 1) > most_tokens
            longer = (width, height) != (wide, high) and (wide + high) * len(group) > most_tokens / 2
            if group and (full or longer):
                groups.append((group, wide, high))
                group, wide, high = [], 0, 0
            group.append((source, target))
            wide, high = max(wide, width), max(high, height)
        groups.append((group, wide, high))
    rng.shuffle(groups)
    return [(filled([s for s, _ in group], wide), filled([[BOS, *t] for _, t in group], 1 + high)) for group, wide, high in groups]


def ids_of(spm, text):
    return spm.encode(text)[: LONGEST_TOKENS - 1] + [EOS]


class Epochs:
    """Makes the batches of one epoch after another: `train` is {language: pairs}, `spm` a SentencePiece model, `a` the
    arguments of train.py. With `once`, chat text and hints are read at the start and not again at every epoch."""

    def __init__(self, train, spm, a, once):
        self.train, self.spm, self.a, self.once = train, spm, a, once
        if once:
            self.read()

    def read(self):
        talks = {language: conversations(language) for language in self.train}
        self.chat = {language: taught(language) + spoken_pairs(talks[language]) for language in self.train}
        self.behind = {language: behind_pairs(talks[language]) for language in self.train}
        self.hints = {language: hints_of(language) for language in self.train}

    def ids(self, text):
        return ids_of(self.spm, text)

    def source_ids(self, source, hints, rng):
        if rng.random() < HINT_LINES:
            ids = self.spm.encode(hints.into(source, lambda: rng.random() < HINT_WORDS))
            if len(ids) < LONGEST_TOKENS:
                return ids + [EOS]
        return self.ids(source)

    def batches(self, number, share):
        """Those of epoch `number`, `share` of the run being over."""
        a, rng, seed = self.a, random.Random(self.a.seed * 100_003 + number), self.a.seed + number
        if not self.once:
            self.read()
        pairs = epoch_pairs(self.train, self.chat, rng, seed, a.chat_first + (a.chat_last - a.chat_first) * min(1, share),
                            a.evenness, a.epoch_part, a.newest)
        # Not joined to neighbours below: they are two turns of a talk already.
        behind = repeated(self.behind, int(len(pairs) * a.behind / (1 - a.behind)), rng)
        renamer = Renamer(names_of([(s, e) for _, s, e in pairs]))
        pairs = joined([(*noised(s, e, language, rng, renamer), language) for language, s, e in pairs], JOINED_SHARE, rng)
        pairs += [(*noised(s, e, language, rng, renamer), language) for language, s, e in behind]
        examples = [(self.source_ids(s, self.hints[language], rng), self.ids(e)) for s, e, language in pairs]
        return batches(examples, rng, a.batch_tokens)
