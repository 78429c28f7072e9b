#!/usr/bin/python3
"""Trains the embedded model: corpora and our own chat text in, a checkpoint for export_onnx.py out.

    train.py CORPORA_DIR OUT_DIR --minutes 120 [--languages fra,ita,por,ron,spa] [--threads 2] [--resume] [--device cuda]
             [--start-from MODEL_DIR|CHECKPOINT.pt]

CORPORA_DIR holds train.tsv.xz (language, source, English, origin). Needs torch, sentencepiece and xz. OUT_DIR gets
spm.model, last.pt (weights, optimisers, clock: --resume goes on from it), final.pt (the averaged weights) and train.log.
--start-from takes the weights of a shipped model or of a checkpoint for the first ones, made deeper where --encoder or
--decoder ask for more layers (grown.py); OUT_DIR then has to hold that model's spm.model.

[Note: Schedule] The rate of learning follows the clock and not the step, so that a run on a busy machine ends where it
was meant to end: warm-up, level until LEVEL_SHARE of the minutes, then straight down. The share of chat text grows in
the same time. Files under chat/ are read again at every epoch.

[Note: Memory of a training run] glibc gives large blocks back to the system at once and asks for them anew; that made
every step four times slower. `main` starts itself again with settings that keep them.
"""
import argparse
import collections
import lzma
import math
import os
import random
import sys
import time

import sentencepiece
import torch
from torch import nn
from torch.nn import functional as F

from chat_text import chat_pairs, names_of
from grown import deeper
from hints import CLOSE, OPEN, hints_of
from muon import Muon
from noise import PLACEHOLDERS, Renamer, joined, noised
from shipped import weights_of

PAD, BOS, EOS = 0, 1, 2
# Unproven licence.
LEFT_OUT = 'refugee-phrasebook'
LONGEST_CHARACTERS, LONGEST_TOKENS, POSITIONS = 200, 64, 128
# Every DEV_EVERY-th line is kept back to watch the run; test files are never read here.
DEV_EVERY = 300
LEVEL_SHARE, WARM_UP_STEPS, LAST_RATE = 0.35, 400, 0.03
LABEL_SMOOTHING = 0.1
# Of short neighbours in an epoch, so many are set side by side as one line.
JOINED_SHARE = 0.12
# Often enough for their words to stay, seldom enough for the lines not to be learnt by heart.
HAND_TIMES = 4
# Of chat text, by hand; the rest is grammar, whose sentences are all of a few patterns.
HAND_SHARE = 0.9
# Of lines with hints, and of the words in them that get one: the model has to do without, too.
HINT_LINES, HINT_WORDS = 0.65, 0.9
# Weight of the newest step in the average that is saved.
AVERAGE = 0.002


class Dropout(nn.Module):
    """As nn.Dropout. On a CPU drawing the numbers took a seventh of every step, so there the masks are cut, each at a
    random place, from one long row of draws."""

    def __init__(self, share):
        super().__init__()
        self.share, self.row = share, None

    def forward(self, x):
        if not self.training or x.is_cuda:
            return F.dropout(x, self.share, self.training)
        if self.row is None or self.row.numel() < 4 * x.numel():
            self.row = (torch.rand(max(1 << 22, 4 * x.numel())) >= self.share).float().div_(1 - self.share).to(torch.bfloat16)
        at = random.randrange(self.row.numel() - x.numel())
        return x * self.row[at:at + x.numel()].view(x.shape)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x, memory, mask):
        if memory is x:
            weight = torch.cat([self.q.weight, self.k.weight, self.v.weight])
            bias = torch.cat([self.q.bias, self.k.bias, self.v.bias])
            q, k, v = F.linear(x, weight, bias).chunk(3, -1)
        else:
            q = self.q(x)
            k, v = F.linear(memory, torch.cat([self.k.weight, self.v.weight]), torch.cat([self.k.bias, self.v.bias])).chunk(2, -1)
        q, k, v = self.split(q), self.split(k), self.split(v)
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2) + mask
        return self.o((scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    """Pre-norm; names as checkpoint.py reads them: a self-attention, c cross-attention, f feed-forward."""

    def __init__(self, width, inner, heads, crosses, dropout):
        super().__init__()
        self.a, self.n1 = Attention(width, heads), nn.LayerNorm(width)
        self.c, self.n2 = (Attention(width, heads), nn.LayerNorm(width)) if crosses else (None, None)
        self.f, self.n3 = nn.Sequential(nn.Linear(width, inner), nn.ReLU(), nn.Linear(inner, width)), nn.LayerNorm(width)
        self.drop = dropout

    def forward(self, x, mask, memory=None, memory_mask=None):
        h = self.n1(x)
        x = x + self.drop(self.a(h, h, mask))
        if self.c is not None:
            x = x + self.drop(self.c(self.n2(x), memory, memory_mask))
        return x + self.drop(self.f(self.n3(x)))


class Transformer(nn.Module):
    def __init__(self, vocabulary, width, inner, heads, encoder_layers, decoder_layers, dropout):
        super().__init__()
        self.e, self.p = nn.Embedding(vocabulary, width, padding_idx=PAD), nn.Embedding(POSITIONS, width)
        nn.init.normal_(self.e.weight, std=width**-0.5)
        nn.init.normal_(self.p.weight, std=0.02)
        drop = Dropout(dropout)
        self.enc = nn.ModuleList(Layer(width, inner, heads, False, drop) for _ in range(encoder_layers))
        self.dec = nn.ModuleList(Layer(width, inner, heads, True, drop) for _ in range(decoder_layers))
        self.ne, self.nd, self.drop = nn.LayerNorm(width), nn.LayerNorm(width), drop

    def embed(self, ids):
        return self.drop(self.e(ids) * math.sqrt(self.e.weight.shape[1]) + self.p.weight[: ids.shape[1]])

    def encode(self, ids):
        mask, x = ((ids == PAD).float() * -1e9)[:, None, None], self.embed(ids)
        for layer in self.enc:
            x = layer(x, mask)
        return self.ne(x), mask

    def decode(self, ids, memory, memory_mask):
        mask, x = torch.full((ids.shape[1],) * 2, -1e9, device=ids.device).triu(1)[None, None], self.embed(ids)
        for layer in self.dec:
            x = layer(x, mask, memory, memory_mask)
        return self.nd(x)

    @torch.no_grad()
    def greedy(self, sources):
        """Token ids of each source's translation."""
        memory, mask = self.encode(padded(sources, self.e.weight.device))
        out = torch.full((len(sources), 1), BOS, device=self.e.weight.device)
        ended = torch.zeros(len(sources), dtype=torch.bool, device=out.device)
        for _ in range(min(LONGEST_TOKENS, 12 + 2 * max(map(len, sources)))):
            token = (self.decode(out, memory, mask)[:, -1] @ self.e.weight.t()).argmax(-1).masked_fill(ended, PAD)
            out, ended = torch.cat([out, token[:, None]], 1), ended | (token == EOS)
            if ended.all():
                break
        return [[t for t in (row[1:row.index(EOS)] if EOS in row else row[1:]) if t > EOS] for row in out.tolist()]


class SmoothedLoss(torch.autograd.Function):
    """Cross-entropy with label smoothing of `hidden` (n, width) against every row of `table` (vocabulary, width), a mean
    over n. The gradient is made in the same passes over the logits, of which there are a few ten million a step."""

    @staticmethod
    def forward(ctx, hidden, table, wanted):
        n, size = hidden.shape[0], table.shape[0]
        columns = table.t().contiguous().bfloat16()
        logits = (hidden.bfloat16() @ columns).float()
        all_of_row = logits.logsumexp(1)
        right = logits.gather(1, wanted[:, None])[:, 0]
        loss = all_of_row - (1 - LABEL_SMOOTHING) * right - LABEL_SMOOTHING * logits.mean(1)
        grad = logits.sub_(all_of_row[:, None]).exp_().sub_(LABEL_SMOOTHING / size)
        grad[torch.arange(n, device=grad.device), wanted] -= 1 - LABEL_SMOOTHING
        grad = grad.mul_(1 / n).bfloat16()
        ctx.save_for_backward(grad @ columns.t(), (hidden.bfloat16().t() @ grad).t())
        return loss.mean()

    @staticmethod
    def backward(ctx, scale):
        hidden, table = ctx.saved_tensors
        return scale * hidden, (scale * table).float(), None


def padded(rows, device):
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows]).to(device)


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


def epoch_pairs(train, rng, chat_share, seed, evenness=0.5, part=1.0, newest=0):
    """One epoch of (language, source, English): every corpus line or a `part` of them by chance, small languages more than once (1: all as often as the
    largest, 0: each line once), and chat text at `chat_share` of the whole, HAND_SHARE of it by hand where there is as
    much. Half of these places go to the `newest` lines of each file, which weights trained before have not met."""
    largest = max(len(pairs) for pairs in train.values())
    pairs = []
    for language, own in train.items():
        times = (largest / len(own)) ** evenness
        own = own * int(times) + rng.sample(own, int(len(own) * (times % 1)))
        rng.shuffle(own)
        pairs += [(language, *pair) for pair in own[:int(len(own) * part)]]
    chat = int(len(pairs) * chat_share / (1 - chat_share) / len(train))
    for language in train:
        hand, grammar = chat_pairs(language, chat, seed)
        places = int(chat * HAND_SHARE)
        new, old = hand[max(0, len(hand) - newest):], hand[:max(0, len(hand) - newest)]
        rng.shuffle(new)
        rng.shuffle(old)
        first = (new * HAND_TIMES)[:places // 2] if newest else []
        by_hand = first + (old * HAND_TIMES)[:places - len(first)]
        pairs += [(language, *pair) for pair in by_hand + grammar[:chat - len(by_hand)]]
    return pairs


def tokenizer(path, train, rng, size):
    if not os.path.exists(path):
        with open(path + '.txt', 'w', encoding='utf-8') as f:
            for language, source, english in epoch_pairs(train, rng, 0.15, 0):
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


def batches(examples, rng, most_tokens):
    """Lists of (source ids, target ids) of like length."""
    rng.shuffle(examples)
    out = []
    for at in range(0, len(examples), 16000):
        batch, longest = [], 0
        for pair in sorted(examples[at:at + 16000], key=lambda p: (len(p[0]), len(p[1]))):
            size = max(longest, len(pair[0]) + len(pair[1]))
            if batch and size * (len(batch) + 1) > most_tokens:
                out.append(batch)
                batch, size = [], len(pair[0]) + len(pair[1])
            batch.append(pair)
            longest = size
        out.append(batch)
    rng.shuffle(out)
    return out


class Run:
    def __init__(self, a):
        self.a, self.rng = a, random.Random(a.seed)
        torch.manual_seed(a.seed)
        torch.set_num_threads(a.threads)
        os.makedirs(a.out, exist_ok=True)
        self.log_file = open(f'{a.out}/train.log', 'a', encoding='utf-8')
        self.train, self.dev = read_corpora(a.corpora, a.languages.split(','))
        self.spm = tokenizer(f'{a.out}/spm.model', self.train, self.rng, a.vocabulary)
        self.model = Transformer(self.spm.get_piece_size(), a.width, a.inner, a.heads, a.encoder, a.decoder, a.dropout).to(a.device)
        if a.start_from:
            weights = torch.load(a.start_from) if a.start_from.endswith('.pt') else weights_of(a.start_from)
            self.model.load_state_dict(deeper(deeper(weights, 'enc', a.encoder), 'dec', a.decoder))
        tables = [self.model.e.weight, self.model.p.weight]
        matrices = [p for layer in [*self.model.enc, *self.model.dec] for p in layer.parameters() if p.ndim > 1]
        plain = [p for p in self.model.parameters() if p.ndim == 1]
        decayed = tables if a.muon else tables + matrices
        self.optimisers = [torch.optim.AdamW(
            [{'params': decayed, 'weight_decay': 0.01}, {'params': plain, 'weight_decay': 0.0}], lr=a.rate, betas=(0.9, 0.98))]
        if a.muon:
            self.optimisers.append(Muon(matrices, a.rate))
        self.average = {n: p.detach().clone() for n, p in self.model.state_dict().items()}
        self.step = self.spent_s = self.tokens = self.epoch = 0
        if a.resume and os.path.exists(f'{a.out}/last.pt'):
            kept = torch.load(f'{a.out}/last.pt', map_location=a.device)
            self.model.load_state_dict(kept['model'])
            for optimiser, state in zip(self.optimisers, kept['optimisers']):
                optimiser.load_state_dict(state)
            self.average = kept['average']
            self.step, self.spent_s, self.tokens, self.epoch = kept['clock']
        self.log(f"{ {k: len(v) for k, v in self.train.items()} } parameters {sum(p.numel() for p in self.model.parameters()):,}")

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

    def learn(self, batch, share):
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group['lr'] = self.rate(share)
        source = padded([x for x, _ in batch], self.a.device)
        target = padded([[BOS, *y] for _, y in batch], self.a.device)
        wanted = target[:, 1:]
        real = wanted != PAD
        with torch.autocast(self.a.device, dtype=torch.bfloat16):
            memory, mask = self.model.encode(source)
            hidden = self.model.decode(target[:, :-1], memory, mask)
        loss = SmoothedLoss.apply(hidden[real], self.model.e.weight, wanted[real])
        for optimiser in self.optimisers:
            optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        self.tokens += int(real.sum()) + int((source != PAD).sum())
        # Young weights would weigh on the average for long.
        weight = max(AVERAGE, 1 / (1 + self.step / 10))
        for name, value in self.model.state_dict().items():
            self.average[name].lerp_(value, weight)
        return float(loss)

    @torch.no_grad()
    def dev_loss(self):
        """Mean loss a token over lines kept back, by the averaged weights, without label smoothing; and some lines read aloud."""
        kept = {n: p.clone() for n, p in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        self.model.eval()
        total = count = 0
        for language, pairs in self.dev.items():
            for at in range(0, len(pairs), 50):
                part = pairs[at:at + 50]
                source = padded([self.ids(s) for s, _ in part], self.a.device)
                target = padded([[BOS, *self.ids(e)] for _, e in part], self.a.device)
                memory, mask = self.model.encode(source)
                logits = self.model.decode(target[:, :-1], memory, mask) @ self.model.e.weight.t()
                wanted = target[:, 1:]
                total += float(F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=PAD, reduction='sum'))
                count += int((wanted != PAD).sum())
        for pairs in self.dev.values():
            for source, english in pairs[:2]:
                self.log(f'    {source}  =>  {self.spm.decode(self.model.greedy([self.ids(source)])[0])}   [{english}]')
        self.model.load_state_dict(kept)
        self.model.train()
        return total / count

    def source_ids(self, source, hints):
        if self.rng.random() < HINT_LINES:
            ids = self.spm.encode(hints.into(source, lambda: self.rng.random() < HINT_WORDS))
            if len(ids) < LONGEST_TOKENS:
                return ids + [EOS]
        return self.ids(source)

    def ids(self, text):
        return self.spm.encode(text)[: LONGEST_TOKENS - 1] + [EOS]

    def go(self):
        a, started = self.a, time.monotonic() - self.spent_s
        reported, losses, saved_s = self.step, [], self.spent_s
        while True:
            share = (time.monotonic() - started) / (60 * a.minutes)
            pairs = epoch_pairs(self.train, self.rng, a.chat_first + (a.chat_last - a.chat_first) * min(1, share), a.seed + self.epoch,
                                a.evenness, a.epoch_part, a.newest)
            renamer = Renamer(names_of([(s, e) for _, s, e in pairs]))
            pairs = joined([(*noised(s, e, language, self.rng, renamer), language) for language, s, e in pairs], JOINED_SHARE, self.rng)
            hints = {language: hints_of(language) for language in self.train}
            examples = [(self.source_ids(s, hints[language]), self.ids(e)) for s, e, language in pairs]
            for batch in batches(examples, self.rng, a.batch_tokens):
                self.spent_s = time.monotonic() - started
                share = self.spent_s / (60 * a.minutes)
                if share >= 1:
                    self.log(f'dev loss {self.dev_loss():.4f}')
                    self.save()
                    torch.save(self.average, f'{a.out}/final.pt')
                    return
                losses.append(self.learn(batch, share))
                if self.step - reported >= 100:
                    self.log(f'epoch {self.epoch} step {self.step} minute {self.spent_s / 60:.1f} loss {sum(losses) / len(losses):.3f} '
                             f'tokens/s {self.tokens / self.spent_s:.0f}')
                    reported, losses = self.step, []
                if self.spent_s - saved_s > 600:
                    self.log(f'minute {self.spent_s / 60:.0f} dev loss {self.dev_loss():.4f}')
                    self.save()
                    saved_s = self.spent_s
            self.epoch += 1
            self.log(f'epoch {self.epoch} done, {len(examples)} pairs')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('corpora')
    parser.add_argument('out')
    parser.add_argument('--minutes', type=float, required=True)
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    parser.add_argument('--device', default='cpu')
    parser.add_argument('--threads', type=int, default=2)
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
    parser.add_argument('--rate', type=float, default=1.2e-3)
    parser.add_argument('--muon', action='store_true', help='for the matrices of the layers (muon.py); AdamW for the rest')
    parser.add_argument('--batch-tokens', type=int, default=4000)
    parser.add_argument('--evenness', type=float, default=0.5, help='of languages in an epoch: 0 as they come, 1 all alike')
    parser.add_argument('--epoch-part', type=float, default=1.0, help='of the corpora in an epoch: chat text is read anew at each')
    parser.add_argument('--newest', type=int, default=0, help='lines at the end of each chat file that are drawn for half of its places')
    parser.add_argument('--chat-first', type=float, default=0.1, help='share of chat text at the start')
    parser.add_argument('--chat-last', type=float, default=0.35, help='and at the end')
    a = parser.parse_args()
    if 'MALLOC_MMAP_MAX_' not in os.environ:  # see [Note: Memory of a training run]
        kept = {'MALLOC_MMAP_MAX_': '0', 'MALLOC_TRIM_THRESHOLD_': '100000000000', 'MALLOC_TOP_PAD_': '500000000'}
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | kept)
    Run(a).go()


if __name__ == '__main__':
    main()
