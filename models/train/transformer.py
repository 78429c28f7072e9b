"""The network that train.py trains: encoder and decoder in bfloat16 products, and its loss."""
import math
import random

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from agreement import divergence

PAD, BOS, EOS = 0, 1, 2
LONGEST_TOKENS, POSITIONS = 64, 128
LABEL_SMOOTHING = 0.1


class Dropout(nn.Module):
    """As nn.Dropout. On a CPU drawing the numbers took a seventh of every step, so there the masks are cut, each at a
    random place, from one long row of draws."""

    def __init__(self, share):
        super().__init__()
        self.share, self.row = share, None

    def forward(self, x):
        if not self.training or self.share == 0:
            return x
        if x.is_cuda:
            return F.dropout(x, self.share)
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

    def forward(self, x, mask, memory=None):
        """Of `x` to itself, or to `memory`."""
        if memory is None:
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
        x = x + self.drop(self.a(h, mask))
        if self.c is not None:
            x = x + self.drop(self.c(self.n2(x), memory_mask, memory))
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
    over n; with `agreement`, the second half of the rows being second readings of the first, also that often a quarter of
    how far the two are apart (agreement.py). The gradient is made in the same passes over the logits, of which there are a
    few ten million a step."""

    @staticmethod
    def forward(ctx, hidden, table, wanted, agreement=0):
        n, size = hidden.shape[0], table.shape[0]
        columns = table.t().contiguous().bfloat16()
        logits = (hidden.bfloat16() @ columns).float()
        apart, pull = divergence(logits) if agreement else (0, None)
        all_of_row = logits.logsumexp(1)
        right = logits.gather(1, wanted[:, None])[:, 0]
        loss = all_of_row - (1 - LABEL_SMOOTHING) * right - LABEL_SMOOTHING * logits.mean(1)
        grad = logits.sub_(all_of_row[:, None]).exp_().sub_(LABEL_SMOOTHING / size)
        grad[torch.arange(n, device=grad.device), wanted] -= 1 - LABEL_SMOOTHING
        grad.mul_(1 / n)
        if agreement:
            grad.add_(pull, alpha=agreement / 4)
        grad = grad.bfloat16()
        ctx.save_for_backward(grad @ columns.t(), (hidden.bfloat16().t() @ grad).t())
        return loss.mean() + agreement / 4 * apart

    @staticmethod
    def backward(ctx, scale):
        hidden, table = ctx.saved_tensors
        return scale * hidden, (scale * table).float(), None, None


def filled(rows, length=0):
    """int16 matrix of rows of token ids, `length` columns or as many as the longest row has, ends filled with PAD."""
    out = np.full((len(rows), max(length, *map(len, rows))), PAD, np.int16)
    for line, row in zip(out, rows):
        line[:len(row)] = row
    return out


def padded(rows, device):
    return torch.from_numpy(filled(rows)).to(device).long()
