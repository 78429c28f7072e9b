"""How far examples are believed: learns, from the lines by hand themselves, what share of a step goes to the nearest places
and how much each of these counts. src/lib/language/examples/trust.ts reckons with what comes out.

[Note: Learnt trust] One share for all steps is too much where the nearest places are far away or disagree, and too little
where they agree with each other and with the model (Zheng et al., "Adaptive nearest neighbor machine translation", 2021).
Two networks of one hidden layer, with 771 weights together, see only distances, how often the places name the same
token, and what the model gives to it: one says the share and how sharply to choose, the other how much a place counts.
They learn from places of the lines in the tables, looked up with the places of their own line left out: since the weights
know their training lines no better than others (examples.py), those lines stand for lines that nobody has seen, and no
held-out line is needed for it. What is made least is what a step costs: minus the log of what the mixture gives the token
that a person wrote.
"""
import math

import numpy as np
import torch
from torch import nn

# Of the steps of lines by hand and of the corpora, in each language.
STEPS = 60_000
HIDDEN, LIKELIEST = 24, 9
ROUNDS, BATCH, RATE = 4000, 1024, 3e-3
# Where the networks begin: the reach and share that were best alone.
REACH, FIRST_SHARE, MOST_SHARP = 5, -0.4, 5
NOWHERE = 1e9


class Table:
    """A table read back as a search sees it: places known by the nearest centres of their parts."""

    def __init__(self, content):
        width, dimensions, parts, lists, places = np.frombuffer(content, '<u4', 5, 8)
        self.at, self.content = 28, content
        self.mean, self.directions = self.next('<f4', width), self.next('<f4', width, dimensions)
        self.centres = self.next('<f4', lists, dimensions)
        books = self.next('<f4', parts, 256, dimensions // parts)
        self.starts = self.next('<u4', lists + 1).long()
        self.tokens = self.next('<u2', places).long()
        codes = self.next('u1', places, parts).long()
        self.points = torch.cat([books[part][codes[:, part]] for part in range(parts)], 1)

    def next(self, kind, *shape):
        found = np.frombuffer(self.content, kind, math.prod(shape), self.at).reshape(shape)
        self.at += found.nbytes
        return torch.from_numpy(found.astype({'<u4': np.int64, '<u2': np.int32}.get(kind, found.dtype.newbyteorder('='))))

    def nearest(self, states, lines, lines_of_places, count, probes):
        """(squared distances, places) [rows, count] of the nearest places outside the row's own line."""
        points = (states - self.mean) @ self.directions
        probed = torch.cdist(points, self.centres).topk(probes, largest=False).indices
        distances = torch.full((len(points), probes, count), NOWHERE)
        places = torch.zeros((len(points), probes, count), dtype=torch.long)
        for number in range(len(self.centres)):
            rows, slots = (probed == number).nonzero(as_tuple=True)
            start, end = self.starts[number], self.starts[number + 1]
            if len(rows) == 0 or start == end:
                continue
            own, most = self.points[start:end], min(count, int(end - start))
            apart = (points[rows] ** 2).sum(1, keepdim=True) + (own ** 2).sum(1) - 2 * points[rows] @ own.t()
            apart[lines[rows, None] == lines_of_places[None, start:end]] = NOWHERE
            best = apart.clamp(min=0).topk(most, largest=False)
            distances[rows, slots, :most], places[rows, slots, :most] = best.values, best.indices + start
        best = distances.flatten(1).topk(count, largest=False)
        return best.values, places.flatten(1).gather(1, best.indices)


def features(distances, tokens, likeliest, log_probs):
    """What the networks see: (of each place [rows, count, 7], of the whole step [rows, 11 + LIKELIEST]).

    likeliest, log_probs: the LIKELIEST tokens of the model; a token that is not among them counts as the last of them.
    """
    count = tokens.shape[1]
    same = tokens[:, :, None] == tokens[:, None, :]
    often = same.sum(2)
    first = ~(same & torch.ones(count, count, dtype=torch.bool).tril(-1)).any(2)
    listed = tokens[:, :, None] == likeliest[:, None, :]
    known = listed.any(2)
    own = torch.where(known, (listed * log_probs[:, None, :]).sum(2), log_probs[:, -1:])
    place = [distances / 10, (distances - distances[:, :1]) / 10, often.log(), torch.arange(count).expand_as(own) / count,
             own / 5, (own - log_probs[:, :1]) / 5, known]
    step = [distances[:, [0, 1, 3, 7, 15]] / 10, distances.mean(1, keepdim=True) / 10,
            torch.stack([first[:, :part].sum(1) for part in (4, 8, 16, count)], 1) / count,
            often.float().mean(1, keepdim=True) / count, log_probs / 3]
    return torch.stack([part.float() for part in place], -1), torch.cat(step, 1)


class Trust(nn.Module):
    def __init__(self):
        super().__init__()
        self.place = nn.Sequential(nn.Linear(7, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))
        self.step = nn.Sequential(nn.Linear(11 + LIKELIEST, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 2))

    def forward(self, place, step):
        """(weight of each place [rows, count], share of all of them [rows])."""
        said = self.step(step)
        sharp = said[:, 1:].exp().clamp(max=MOST_SHARP)
        weights = (self.place(place)[..., 0] * sharp - place[..., 1] * (10 / REACH)).softmax(-1)
        return weights, torch.sigmoid(said[:, 0] + FIRST_SHARE)

    def layers(self):
        return {'place': [self.place[0], self.place[2]], 'step': [self.step[0], self.step[2]]}

    def told(self):
        """For JSON: rows of weights, and what is added to them."""
        return {name: [{'weights': layer.weight.tolist(), 'added': layer.bias.tolist()} for layer in layers]
                for name, layers in self.layers().items()}

    @classmethod
    def of(cls, told):
        """What `told` told."""
        trust = cls()
        for name, layers in trust.layers().items():
            for layer, numbers in zip(layers, told[name]):
                layer.weight.data, layer.bias.data = torch.tensor(numbers['weights']), torch.tensor(numbers['added'])
        return trust


@torch.no_grad()
def steps_of(states, tokens, lines, content, order, vectors, shape, rng):
    """Steps at which a search would look up examples: [features of places, of the step, places that name the right token,
    log probability that the model gives to it]."""
    table = Table(content)
    chosen = torch.from_numpy(rng.permutation(len(tokens))[:STEPS])
    lines, lines_of_places = torch.from_numpy(lines), torch.from_numpy(lines)[torch.from_numpy(order)]
    found = []
    for part in chosen.split(2000):
        own, right = torch.from_numpy(states[part].astype(np.float32)), torch.from_numpy(tokens[part].astype(np.int64))
        log_probs = (own @ vectors.t()).log_softmax(-1)
        best = log_probs.topk(LIKELIEST)
        unsure = (best.values[:, 0] < math.log(shape['sure'])).nonzero()[:, 0]
        distances, places = table.nearest(own[unsure], lines[part][unsure], lines_of_places, shape['nearest'], shape['probes'])
        named = table.tokens[places]
        right = right[unsure, None]
        found.append((*features(distances, named, best.indices[unsure], best.values[unsure]), named == right,
                      log_probs[unsure].gather(1, right)[:, 0]))
    return [torch.cat(parts) for parts in zip(*found)]


def cost(trust, place, step, names_right, own):
    """Of each step, in nats."""
    weights, share = trust(place, step)
    return -torch.logaddexp((1 - share).log() + own, (share * (weights * names_right).sum(1) + 1e-9).log())


def learnt(steps, log=print):
    """Trust learnt from steps_of of several languages; every tenth step is kept back to say what it is worth."""
    torch.manual_seed(1)
    everything = [torch.cat(parts) for parts in zip(*steps)]
    kept_back = torch.arange(len(everything[3])) % 10 == 0
    own, others = [part[~kept_back] for part in everything], [part[kept_back] for part in everything]
    trust = Trust()
    optimiser = torch.optim.AdamW(trust.parameters(), lr=RATE, weight_decay=0.01)
    for at in range(ROUNDS):
        for group in optimiser.param_groups:
            group['lr'] = RATE * (1 - at / ROUNDS)
        rows = torch.randint(0, len(own[3]), (BATCH,))
        loss = cost(trust, *(part[rows] for part in own)).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        even = (-others[0][..., 1] * (10 / REACH)).softmax(-1)
        fixed = -torch.logaddexp(math.log(0.6) + others[3], (0.4 * (even * others[2]).sum(1) + 1e-9).log())
        log(f'{len(own[3]):,} steps; nats a step of those kept back: model {-others[3].mean():.4f}, '
            f'share .4 for all {fixed.mean():.4f}, learnt {cost(trust, *others).mean():.4f}')
    return trust
