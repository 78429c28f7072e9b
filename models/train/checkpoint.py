"""The small many-to-English transformer: reading a checkpoint, int8 weights, and a reference forward pass in PyTorch.

[Note: Weight-only int8] Every matrix is stored as int8 with one float32 scale per output column (per token for the
embedding) and multiplied as float32. The runtime expands the weights once, when the model is loaded. Activations are
never quantised: a dynamic scale would be taken over the whole batch, and then a message's translation would depend on
what stood beside it. A machine line must be replayable, so this model computes in float.
"""
import math

import numpy as np
import torch

PAD, BOS, EOS, UNK = 0, 1, 2, 3
MASKED = -1e9


class Checkpoint:
    """Weights by name as float32 arrays, with the sizes that follow from their shapes.

    `heads` and `max_tokens` (longest source and target seen in training, end token included) stand in no tensor.
    """

    def __init__(self, path, heads=4, max_tokens=64):
        self.weights = {name: t.float().numpy() for name, t in torch.load(path, map_location='cpu').items()}
        self.vocabulary, self.width = self.weights['e.weight'].shape
        self.positions = len(self.weights['p.weight'])
        self.inner = self.weights['enc.0.f.0.weight'].shape[0]
        self.heads, self.head_width, self.max_tokens = heads, self.width // heads, max_tokens
        self.encoder_layers, self.decoder_layers = self._count('enc'), self._count('dec')
        assert self.width % heads == 0 and max_tokens <= self.positions

    def _count(self, stack):
        return 1 + max(int(name.split('.')[1]) for name in self.weights if name.startswith(stack + '.'))

    @property
    def parameters(self):
        return sum(w.size for w in self.weights.values())

    def matrices(self):
        """Names of what is stored as int8: every linear layer and the tied embedding, not norms, biases, positions."""
        return [n for n, w in self.weights.items() if w.ndim == 2 and n != 'p.weight']

    def dequantised(self):
        """The weights as the shipped int8 files hold them, expanded to float32 again."""
        rounded = dict(self.weights)
        for name in self.matrices():
            # Linear weights are [out, in] and the embedding [token, width]: the scale runs along axis 0 in both.
            q, scale = to_int8(self.weights[name])
            rounded[name] = q.astype(np.float32) * scale[:, None]
        return rounded


def to_int8(matrix):
    """Symmetric int8 of a [rows, columns] matrix with one float32 scale per row."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-8).astype(np.float32) / np.float32(127)
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale


def output_limit(source_tokens, max_tokens):
    """Most output tokens of a line: the same rule as the engine's (src/lib/language/engine-transformers.ts)."""
    return min(max_tokens - 2, 12 + 2 * source_tokens)


class Reference:
    """Forward pass and greedy search in PyTorch over a dict of weights: what every export must reproduce."""

    def __init__(self, checkpoint, weights=None):
        self.c = checkpoint
        self.w = {n: torch.from_numpy(w) for n, w in (weights or checkpoint.weights).items()}

    def _linear(self, x, name):
        return x @ self.w[name + '.weight'].t() + self.w[name + '.bias']

    def _norm(self, x, name):
        return torch.nn.functional.layer_norm(x, x.shape[-1:], self.w[name + '.weight'], self.w[name + '.bias'])

    def _attention(self, x, memory, mask, name):
        def heads(t):
            return t.view(len(t), -1, self.c.heads, self.c.head_width).transpose(1, 2)

        q, k, v = (heads(self._linear(s, f'{name}.{p}')) for s, p in ((x, 'q'), (memory, 'k'), (memory, 'v')))
        weights = (q @ k.transpose(-1, -2) / math.sqrt(self.c.head_width) + mask).softmax(-1)
        return self._linear((weights @ v).transpose(1, 2).reshape(x.shape), name + '.o')

    def _feed_forward(self, x, layer):
        return x + self._linear(self._linear(self._norm(x, layer + '.n3'), layer + '.f.0').relu(), layer + '.f.2')

    def _embed(self, ids):
        return self.w['e.weight'][ids] * math.sqrt(self.c.width) + self.w['p.weight'][: ids.shape[1]]

    def encode(self, ids):
        """ids [batch, source] -> (memory [batch, source, width], additive mask [batch, 1, 1, source])."""
        mask = (ids == PAD).float()[:, None, None] * MASKED
        x = self._embed(ids)
        for i in range(self.c.encoder_layers):
            h = self._norm(x, f'enc.{i}.n1')
            x = self._feed_forward(x + self._attention(h, h, mask, f'enc.{i}.a'), f'enc.{i}')
        return self._norm(x, 'ne'), mask

    def logits(self, target, memory, memory_mask):
        """Scores of the next token after every target position: [batch, target, vocabulary]."""
        causal = torch.full((target.shape[1],) * 2, MASKED).triu(1)
        x = self._embed(target)
        for i in range(self.c.decoder_layers):
            h = self._norm(x, f'dec.{i}.n1')
            x = x + self._attention(h, h, causal, f'dec.{i}.a')
            x = x + self._attention(self._norm(x, f'dec.{i}.n2'), memory, memory_mask, f'dec.{i}.c')
            x = self._feed_forward(x, f'dec.{i}')
        return self._norm(x, 'nd') @ self.w['e.weight'].t()

    @torch.no_grad()
    def greedy(self, sources):
        """Token ids per source (no specials) and the mean log probability, end token included, of each."""
        limits = [output_limit(len(s), self.c.max_tokens) for s in sources]
        longest = max(map(len, sources))
        memory, mask = self.encode(torch.tensor([s + [PAD] * (longest - len(s)) for s in sources]))
        target = torch.full((len(sources), 1), BOS)
        out, total, done = [[] for _ in sources], [0.0] * len(sources), [False] * len(sources)
        for _ in range(max(limits)):
            score, token = self.logits(target, memory, mask)[:, -1].log_softmax(-1).max(-1)
            for row, (t, s) in enumerate(zip(token.tolist(), score.tolist())):
                if done[row] or len(out[row]) >= limits[row]:
                    continue
                total[row] += s
                done[row] = t == EOS
                if t != EOS:
                    out[row].append(t)
            if all(d or len(o) >= n for d, o, n in zip(done, out, limits)):
                break
            target = torch.cat([target, token[:, None]], 1)
        return out, [t / (len(o) + d) for t, o, d in zip(total, out, done)]

    @torch.no_grad()
    def beam(self, source, width, length_power):
        """(token ids, mean log probability) of one source: the search of src/lib/language/beam.ts, without caches and
        without a batch, so that neither can go wrong in the same way."""
        memory, mask = self.encode(torch.tensor([source]))
        limit = output_limit(len(source), self.c.max_tokens)
        live, best, whole = [((), 0.0)], None, 0
        while True:
            target = torch.tensor([(BOS, *ids) for ids, _ in live])
            scores = self.logits(target, memory.expand(len(live), -1, -1), mask.expand(len(live), -1, -1, -1))[:, -1].log_softmax(-1)
            top = scores.topk(width + 1)
            candidates = sorted(
                ((total + score, row, token) for row, (_, total) in enumerate(live)
                 for score, token in zip(top.values[row].tolist(), top.indices[row].tolist())),
                key=lambda c: (-c[0], c[1], c[2]))
            following = []
            for total, row, token in candidates:
                if len(following) == width:
                    break
                ids = live[row][0]
                if token != EOS:
                    following.append(((*ids, token), total))
                    continue
                whole += 1
                score = total / (len(ids) + 1) ** length_power
                if best is None or score > best[0]:
                    best = (score, ids, total)
            live = following
            ids, total = live[0] if live else ((), 0.0)
            if not live or len(ids) >= limit or whole >= width:
                break
            if best is not None and total / (len(ids) + 1) ** length_power <= best[0]:
                break
        if best is not None:
            return list(best[1]), best[2] / (len(best[1]) + 1)
        return list(ids), total / max(len(ids), 1)
