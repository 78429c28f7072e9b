#!/usr/bin/python3
"""Averages checkpoints of one line of training into one: weights in, weights out, and what each mixture is worth.

    averaged.py OUT.pt CHECKPOINT.pt=SHARE CHECKPOINT.pt=SHARE ... [--measure CORPORA_DIR SPM_MODEL]

Shares are made to add up to one. With --measure the loss a token of every single checkpoint and of the mixture is printed,
on the lines of the corpora that are kept back from training and on those held-out chat lines that thresholds are chosen
on (every other one, hinted as in the product); the other half is never looked at here.

[Note: Averaged runs] Each run of training starts from where the one before ended, at a high rate again, and ends within a
few steps of a good place, not in it. The mean of such ends lies nearer to it than any of them (stochastic weight averaging,
Izmailov et al., 2018; "model soups", Wortsman et al., 2022). It holds for runs that go on from each other, not for
strangers: their weights do not mean the same.
"""
import argparse
import os
import types

import torch

CHAT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'bench', 'chat')


def averaged(parts):
    """[(weights, share)] -> weights. @raises ValueError for checkpoints of different shapes."""
    whole = sum(share for _, share in parts)
    shapes = [{name: tuple(value.shape) for name, value in weights.items()} for weights, _ in parts]
    if any(one != shapes[0] for one in shapes):
        raise ValueError('the checkpoints are not of one shape')
    return {name: sum(weights[name] * (share / whole) for weights, share in parts) for name in parts[0][0]}


class Measure:
    """Losses by train.py's own reckoning."""

    def __init__(self, corpora, spm, languages):
        import sentencepiece
        import train
        from hints import hints_of
        self.run = train.Run.__new__(train.Run)
        self.run.a, self.run.log = types.SimpleNamespace(device='cpu'), lambda text: None
        self.run.spm = sentencepiece.SentencePieceProcessor(model_file=spm)
        _, self.corpora = train.read_corpora(corpora, languages)
        self.chat, at = {}, 0
        for language in languages:
            hints = hints_of(language)
            with open(f'{CHAT}/{language}.tsv', encoding='utf-8') as f:
                lines = [line.rstrip('\n').split('\t') for line in f if line.strip() and not line.startswith('#')]
            for source, english, *_ in lines:
                if at % 2 == 0:
                    self.chat.setdefault(language, []).append((hints.into(source), english))
                at += 1
        self.transformer = train.Transformer

    def losses(self, weights):
        layers = [1 + max(int(name.split('.')[1]) for name in weights if name.startswith(stack)) for stack in ('enc.', 'dec.')]
        vocabulary, width = weights['e.weight'].shape
        inner = weights['enc.0.f.0.weight'].shape[0]
        self.run.model, self.run.average = self.transformer(vocabulary, width, inner, width // 64, *layers, 0), weights
        said = []
        for lines in (self.corpora, self.chat):
            self.run.dev = lines
            said.append(self.run.dev_loss())
        return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out')
    parser.add_argument('parts', nargs='+', metavar='CHECKPOINT.pt=SHARE')
    parser.add_argument('--measure', nargs=2, metavar=('CORPORA_DIR', 'SPM_MODEL'))
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    a = parser.parse_args()
    parts = [(torch.load(path), float(share)) for path, share in (part.rsplit('=', 1) for part in a.parts)]
    mixture = averaged(parts)
    torch.save(mixture, a.out)
    if a.measure:
        measure = Measure(*a.measure, a.languages.split(','))
        for name, weights in [*zip(a.parts, (weights for weights, _ in parts)), (a.out, mixture)]:
            corpora, chat = measure.losses(weights)
            print(f'{name}: corpora {corpora:.4f}, chat {chat:.4f} nats a token', flush=True)


if __name__ == '__main__':
    main()
