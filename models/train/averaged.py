#!/usr/bin/python3
"""Averages checkpoints of one line of training into one: weights in, weights out, and what each mixture is worth.

    averaged.py OUT.pt CHECKPOINT.pt=SHARE CHECKPOINT.pt=SHARE ... [--measure CORPORA_DIR SPM_MODEL]

Shares are made to add up to one; checkpoints of fewer layers are made as deep as the deepest first (grown.py), which changes
nothing of what they say. With --measure the loss a token of every single checkpoint and of the mixture is printed,
on the lines of the corpora that are kept back from training and on those held-out chat lines, messages and conversations
that thresholds are chosen on (every other one, hinted as in the product); the other half is never looked at here.

[Note: Averaged runs] Each run of training starts from where the one before ended, at a high rate again, and ends within a
few steps of a good place, not in it. The mean of such ends lies nearer to it than any of them (stochastic weight averaging,
Izmailov et al., 2018; "model soups", Wortsman et al., 2022). It holds for runs that go on from each other, not for
strangers: their weights do not mean the same.
"""
import argparse
import types

import torch

from chat_text import HELD_OUT, conversations, hand_lines, spoken_pairs
from grown import deeper, layers_of

STACKS = ('enc', 'dec')


def as_deep(all_weights):
    """Every checkpoint with as many layers as the deepest has."""
    for stack in STACKS:
        most = max(layers_of(weights, stack) for weights in all_weights)
        all_weights = [deeper(weights, stack, most) for weights in all_weights]
    return all_weights


def averaged(parts):
    """[(weights, share)] -> weights. @raises ValueError for checkpoints of different shapes."""
    whole = sum(share for _, share in parts)
    shapes = [{name: tuple(value.shape) for name, value in weights.items()} for weights, _ in parts]
    if any(one != shapes[0] for one in shapes):
        raise ValueError('the checkpoints are not of one shape')
    return {name: sum(weights[name] * (share / whole) for weights, share in parts) for name in parts[0][0]}


class Measure:
    """Losses by train.py's own reckoning."""

    def __init__(self, corpora, spm, languages, device='cpu'):
        import sentencepiece
        import train
        from epochs import ids_of, read_corpora
        from hints import hints_of
        from transformer import Transformer
        self.run = train.Run.__new__(train.Run)
        self.run.a, self.run.log = types.SimpleNamespace(device=device), lambda text: None
        self.run.spm = sentencepiece.SentencePieceProcessor(model_file=spm)
        self.run.epochs = types.SimpleNamespace(ids=lambda text: ids_of(self.run.spm, text))
        _, self.corpora = read_corpora(corpora, languages)
        hints = {language: hints_of(language) for language in languages}
        chat, messages = ([(language, [pair]) for language in languages for pair in hand_lines(f'{folder}/{language}.tsv')]
                          for folder in (HELD_OUT, f'{HELD_OUT}/messages'))
        talks = [(language, spoken_pairs([talk])) for language in languages for talk in conversations(language, HELD_OUT)]
        self.chat, self.messages, self.talk = (self.half(units, hints) for units in (chat, messages, talks))
        self.transformer = Transformer

    @staticmethod
    def half(units, hints):
        """{language: hinted pairs of every other unit}: a unit, (language, pairs), is a line or a whole conversation."""
        found = {}
        for language, pairs in units[::2]:
            found.setdefault(language, []).extend((hints[language].into(source), english) for source, english in pairs)
        return found

    def losses(self, weights):
        layers = [layers_of(weights, stack) for stack in STACKS]
        vocabulary, width = weights['e.weight'].shape
        inner = weights['enc.0.f.0.weight'].shape[0]
        self.run.judge = self.transformer(vocabulary, width, inner, width // 64, *layers, 0).to(self.run.a.device).eval()
        self.run.average = weights
        said = []
        for lines in (self.corpora, self.chat, self.messages, self.talk):
            self.run.dev = lines
            said.append(self.run.dev_loss())
        return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out')
    parser.add_argument('parts', nargs='+', metavar='CHECKPOINT.pt=SHARE')
    parser.add_argument('--measure', nargs=2, metavar=('CORPORA_DIR', 'SPM_MODEL'))
    parser.add_argument('--device', default='cpu')
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    a = parser.parse_args()
    parts = [(torch.load(path, map_location='cpu'), float(share)) for path, share in (part.rsplit('=', 1) for part in a.parts)]
    parts = list(zip(as_deep([weights for weights, _ in parts]), (share for _, share in parts)))
    mixture = averaged(parts)
    torch.save(mixture, a.out)
    if a.measure:
        measure = Measure(*a.measure, a.languages.split(','), a.device)
        for name, weights in [*zip(a.parts, (weights for weights, _ in parts)), (a.out, mixture)]:
            corpora, chat, messages, talk = measure.losses(weights)
            print(f'{name}: corpora {corpora:.4f}, chat {chat:.4f}, messages {messages:.4f}, conversations {talk:.4f} nats a token', flush=True)


if __name__ == '__main__':
    main()
