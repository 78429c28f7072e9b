#!/usr/bin/python3
"""Trains the embedded model: corpora and our own chat text in, a checkpoint for export_onnx.py out.

    train.py CORPORA_DIR OUT_DIR --minutes 120 [--languages fra,ita,por,ron,spa] [--threads 2] [--resume] [--device cuda]
             [--start-from MODEL_DIR|CHECKPOINT.pt]

CORPORA_DIR holds train.tsv.xz (language, source, English, origin). Needs torch, sentencepiece and xz. OUT_DIR gets
spm.model, last.pt (weights, optimisers, clock: --resume goes on from it), final.pt (the averaged weights) and train.log.
--start-from takes the weights of a shipped model or of a checkpoint for the first ones, made deeper where --encoder or
--decoder ask for more layers (grown.py); OUT_DIR then has to hold that model's spm.model.

[Note: On a GPU] 0.14.0 was made on one H100 with --device cuda --workers 13 --compile --muon --rate 1.5e-3 --dropout .1
--agreement 3 --batch-tokens 32000 --chat-first .65 --chat-last .85 --evenness .7 --epoch-part .1: ten steps and 480,000 tokens
a second, both readings of a line counted. Compiling takes 70 seconds at the start. The card is then half idle, since one
process cannot launch its small kernels any faster: larger batches cost nothing until it is busy.

[Note: Schedule] The rate of learning follows the clock and not the step, so that a run on a busy machine ends where it
was meant to end: warm-up, level until LEVEL_SHARE of the minutes, then straight down. The share of chat text grows in
the same time. Files under chat/ are read again at every epoch, or once where --workers make the batches (feed.py).

[Note: Memory of a training run] glibc gives large blocks back to the system at once and asks for them anew; that made
every step four times slower. `main` starts itself again with settings that keep them.
"""
import argparse
import os
import random
import sys
import time

import numpy as np
import sentencepiece
import torch
from torch import nn
from torch.nn import functional as F

from chat_text import hand_pairs
from epochs import Epochs, epoch_pairs, read_corpora
from feed import Feed
from grown import deeper
from hints import CLOSE, OPEN
from muon import Muon
from noise import PLACEHOLDERS, Renamer, noised
from shipped import weights_of
from transformer import BOS, EOS, PAD, SmoothedLoss, Transformer, padded

LEVEL_SHARE, WARM_UP_STEPS, LAST_RATE = 0.35, 400, 0.03
# Weight of the newest step in the average that is saved.
AVERAGE = 0.002


def tokenizer(path, train, rng, size):
    if not os.path.exists(path):
        with open(path + '.txt', 'w', encoding='utf-8') as f:
            for language, source, english in epoch_pairs(train, {language: hand_pairs(language) for language in train}, rng, 0, 0.15):
                source, english = noised(source, english, language, rng, Renamer([]))
                f.write(source + '\n')
                # English is one side of six: two lines in ten keep its share of the vocabulary fair.
                if rng.random() < 0.3:
                    f.write(english + '\n')
        sentencepiece.SentencePieceTrainer.train(
            input=path + '.txt', model_prefix=path.removesuffix('.model'), vocab_size=size, model_type='unigram',
            byte_fallback=True, character_coverage=0.9998, pad_id=PAD, bos_id=BOS, eos_id=EOS, unk_id=3,
            user_defined_symbols=[*PLACEHOLDERS, OPEN, CLOSE], num_threads=2, minloglevel=2, input_sentence_size=250000,
            shuffle_input_sentence=True)
        os.remove(path + '.txt')
    return sentencepiece.SentencePieceProcessor(model_file=path)


class Run:
    def __init__(self, a):
        self.a = a
        torch.manual_seed(a.seed)
        torch.set_num_threads(a.threads)
        os.makedirs(a.out, exist_ok=True)
        self.log_file = open(f'{a.out}/train.log', 'a', encoding='utf-8')
        train, self.dev = read_corpora(a.corpora, a.languages.split(','))
        self.spm = tokenizer(f'{a.out}/spm.model', train, random.Random(a.seed), a.vocabulary)
        self.epochs = Epochs(train, self.spm, a, once=a.workers > 0)
        kept = torch.load(f'{a.out}/last.pt', map_location='cpu') if a.resume and os.path.exists(f'{a.out}/last.pt') else None
        self.step, self.spent_s, self.tokens, self.epoch = kept['clock'] if kept else (0, 0, 0, 0)
        self.feed = Feed(self.epochs, self.epoch, a.workers)

        def network(dropout):
            return Transformer(self.spm.get_piece_size(), a.width, a.inner, a.heads, a.encoder, a.decoder, dropout).to(a.device)

        # The judge reads lines that are kept back, with the averaged weights.
        self.model, self.judge = network(a.dropout), network(0).eval()
        if a.start_from:
            weights = torch.load(a.start_from) if a.start_from.endswith('.pt') else weights_of(a.start_from)
            weights = {name: value.float() for name, value in weights.items()}
            self.model.load_state_dict(deeper(deeper(weights, 'enc', a.encoder), 'dec', a.decoder))
        self.optimisers = self.optimisers_of()
        self.average = {n: p.detach().clone() for n, p in self.model.state_dict().items()}
        if kept:
            self.model.load_state_dict(kept['model'])
            for optimiser, state in zip(self.optimisers, kept['optimisers']):
                optimiser.load_state_dict(state)
            self.average = {n: p.to(a.device) for n, p in kept['average'].items()}
        self.own = list(self.model.state_dict().values())
        self.averages = list(self.average.values())
        if a.compile:
            for layer in [*self.model.enc, *self.model.dec]:
                layer.compile(dynamic=True)
        self.log(f"{ {k: len(v) for k, v in train.items()} } parameters {sum(p.numel() for p in self.model.parameters()):,}")

    def optimisers_of(self):
        tables = [self.model.e.weight, self.model.p.weight]
        matrices = [p for layer in [*self.model.enc, *self.model.dec] for p in layer.parameters() if p.ndim > 1]
        plain = [p for p in self.model.parameters() if p.ndim == 1]
        decayed = tables if self.a.muon else tables + matrices
        adam = torch.optim.AdamW(
            [{'params': decayed, 'weight_decay': 0.01}, {'params': plain, 'weight_decay': 0.0}], lr=self.a.rate, betas=(0.9, 0.98))
        return [adam, Muon(matrices, self.a.rate)] if self.a.muon else [adam]

    def log(self, text):
        print(text, flush=True)
        self.log_file.write(text + '\n')
        self.log_file.flush()

    def save(self):
        clock = (self.step, self.spent_s, self.tokens, self.epoch)
        state = {'model': self.model.state_dict(), 'optimisers': [o.state_dict() for o in self.optimisers], 'average': self.average, 'clock': clock}
        torch.save(state, f'{self.a.out}/last.pt.new')
        os.replace(f'{self.a.out}/last.pt.new', f'{self.a.out}/last.pt')

    def rate(self, share):
        down = 1 if share < LEVEL_SHARE else max(LAST_RATE, 1 - (share - LEVEL_SHARE) / (1 - LEVEL_SHARE))
        return self.a.rate * min(1, (self.step + 1) / WARM_UP_STEPS) * down

    def on_device(self, array):
        tensor = torch.from_numpy(array)
        # A copy out of common memory would wait for all that the GPU has still to do.
        return (tensor.pin_memory() if self.a.device == 'cuda' else tensor).to(self.a.device, non_blocking=True).long()

    def learn(self, source, target, share):
        """One step; the loss stays on the device, since to ask for it is to wait for it."""
        if self.a.agreement:
            source, target = (np.concatenate([side, side]) for side in (source, target))
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group['lr'] = self.rate(share)
        real = np.flatnonzero(target[:, 1:] != PAD)
        targets = self.on_device(target)
        with torch.autocast(self.a.device, dtype=torch.bfloat16):
            memory, mask = self.model.encode(self.on_device(source))
            hidden = self.model.decode(targets[:, :-1], memory, mask)
        places = self.on_device(real)
        loss = SmoothedLoss.apply(hidden.flatten(0, 1)[places], self.model.e.weight, targets[:, 1:].flatten()[places], self.a.agreement)
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        self.tokens += len(real) + np.count_nonzero(source != PAD)
        # Young weights would weigh on the average for long.
        weight = max(AVERAGE, 1 / (1 + self.step / 10))
        torch._foreach_mul_(self.averages, 1 - weight)
        torch._foreach_add_(self.averages, self.own, alpha=weight)
        return loss.detach()

    @torch.no_grad()
    def dev_loss(self):
        """Mean loss a token over lines kept back, by the averaged weights, without label smoothing; and some lines read aloud."""
        self.judge.load_state_dict(self.average)
        total = count = 0
        for pairs in self.dev.values():
            for at in range(0, len(pairs), 50):
                part = pairs[at:at + 50]
                source = padded([self.epochs.ids(s) for s, _ in part], self.a.device)
                target = padded([[BOS, *self.epochs.ids(e)] for _, e in part], self.a.device)
                memory, mask = self.judge.encode(source)
                logits = self.judge.decode(target[:, :-1], memory, mask) @ self.judge.e.weight.t()
                wanted = target[:, 1:]
                total += float(F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD, reduction='sum'))
                count += int((wanted != PAD).sum())
        for pairs in self.dev.values():
            for source, english in pairs[:2]:
                self.log(f'    {source}  =>  {self.spm.decode(self.judge.greedy([self.epochs.ids(source)])[0])}   [{english}]')
        return total / count

    def go(self):
        a, started = self.a, time.monotonic() - self.spent_s
        reported, losses, saved_s = self.step, [], self.spent_s
        for self.epoch, (source, target) in self.feed:
            self.spent_s = time.monotonic() - started
            share = self.feed.share = self.spent_s / (60 * a.minutes)
            if share >= 1:
                break
            losses.append(self.learn(source, target, share))
            if self.step - reported >= 100:
                self.log(f'epoch {self.epoch} step {self.step} minute {self.spent_s / 60:.1f} loss {torch.stack(losses).mean():.3f} '
                         f'tokens/s {self.tokens / self.spent_s:.0f}')
                reported, losses = self.step, []
            if self.spent_s - saved_s > 60 * a.save_every:
                self.log(f'minute {self.spent_s / 60:.0f} dev loss {self.dev_loss():.4f}')
                self.save()
                saved_s = self.spent_s
        self.feed.close()
        self.log(f'dev loss {self.dev_loss():.4f}')
        self.save()
        torch.save(self.average, f'{a.out}/final.pt')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('corpora')
    parser.add_argument('out')
    parser.add_argument('--minutes', type=float, required=True)
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    parser.add_argument('--device', default='cpu')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--workers', type=int, default=0, help='processes that make batches, for a GPU (feed.py)')
    parser.add_argument('--compile', action='store_true', help='layers, by torch.compile')
    parser.add_argument('--save-every', type=float, default=10, help='minutes')
    parser.add_argument('--resume', action='store_true')
    parser.add_argument('--start-from')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--vocabulary', type=int, default=12000)
    parser.add_argument('--width', type=int, default=256)
    parser.add_argument('--inner', type=int, default=1024)
    parser.add_argument('--heads', type=int, default=4)
    parser.add_argument('--encoder', type=int, default=6)
    parser.add_argument('--decoder', type=int, default=2)
    parser.add_argument('--dropout', type=float, default=0.1)
    parser.add_argument('--agreement', type=float, default=0, help='weight of two readings saying the same (agreement.py); halve --batch-tokens')
    parser.add_argument('--rate', type=float, default=1.2e-3)
    parser.add_argument('--muon', action='store_true', help='for the matrices of the layers (muon.py); AdamW for the rest')
    parser.add_argument('--batch-tokens', type=int, default=4000)
    parser.add_argument('--evenness', type=float, default=0.5, help='of languages in an epoch: 0 as they come, 1 all alike')
    parser.add_argument('--epoch-part', type=float, default=1.0, help='of the corpora in an epoch: chat text is read anew at each')
    parser.add_argument('--newest', type=int, default=0, help='lines at the end of each chat file that are drawn for half of its places')
    parser.add_argument('--behind', type=float, default=0, help='share of lines behind the one before them in a conversation')
    parser.add_argument('--chat-first', type=float, default=0.1, help='share of chat text at the start')
    parser.add_argument('--chat-last', type=float, default=0.35, help='and at the end')
    a = parser.parse_args()
    if 'MALLOC_MMAP_MAX_' not in os.environ:  # see [Note: Memory of a training run]
        kept = {'MALLOC_MMAP_MAX_': '0', 'MALLOC_TRIM_THRESHOLD_': '100000000000', 'MALLOC_TOP_PAD_': '500000000'}
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | kept)
    Run(a).go()


if __name__ == '__main__':
    main()
