#!/usr/bin/python3
"""What the training lines teach beyond the weights: for every language a table of places in lines by hand and of the corpora
where the model was unsure, each with the token that a person wrote there.

    examples.py CORPORA_DIR MODEL_DIR [--languages fra,ita,por,ron,spa] [--states FOLDER]

Writes MODEL_DIR/examples/LANG.bin and trust.json (trust.py), read by src/lib/language/examples/. CORPORA_DIR holds
train.tsv.xz (epochs.py). FOLDER keeps the decoder's states between runs (1 GB a language).

[Note: Examples] Khandelwal et al., "Nearest neighbor machine translation" (2021): the decoder's last state before a word says
what kind of word has to come, so places of like states want like words. The network, 17 million weights, has not learnt its
own training lines by heart (it names the next token of a line by hand as often as that of a line it has never met, 84 and 85
of 100), and looking up what stood in the most similar places recovers part of what it could not hold. Where it gives the
right token more than MOST_SURE it needs no help, and those places are left out: seven tenths of all. Without the lines of
the corpora textbook sentences lost by it.

[Note: How a state is kept] PARTS bytes: of the DIMENSIONS directions in which states differ most, each part is the number of
the nearest of 256 centres (product quantisation, Jegou et al., 2011). States are sorted into LISTS groups by nearest
centre, so that a search looks through a few of them.
"""
import argparse
import json
import os
import struct

import numpy as np
import torch

from chat_text import conversations, spoken_pairs, taught
from epochs import ids_of, read_corpora
from grown import layers_of
from hints import hints_of
from shipped import weights_of
from transformer import BOS, EOS, Transformer, padded
from trust import learnt, steps_of

MAGIC, VERSION = b'SKEX', 1
DIMENSIONS, PARTS, CENTRES, LISTS = 64, 16, 256, 512
MOST_SURE = 0.7
PARTS_OF_STATES = 'states', 'tokens', 'shares'
ROWS = 64


def lines_of(tokens):
    """Number of the line of each token: a line ends with its end mark."""
    return np.concatenate([[0], np.cumsum(tokens[:-1] == EOS)])


@torch.no_grad()
def states_of(network, spm, pairs, hints):
    """(states float16 [tokens, width], tokens uint16, share of the model in each token float32), line after line."""
    states, tokens, shares = [None] * len(pairs), [None] * len(pairs), [None] * len(pairs)
    sources = [ids_of(spm, hints.into(source)) for source, _ in pairs]
    targets = [ids_of(spm, english) for _, english in pairs]
    order = sorted(range(len(pairs)), key=lambda i: (len(sources[i]), len(targets[i])))
    table = network.e.weight.t()
    for at in range(0, len(order), ROWS):
        lines = order[at:at + ROWS]
        lengths = [len(targets[i]) for i in lines]
        with torch.autocast('cpu', dtype=torch.bfloat16):
            memory, mask = network.encode(padded([sources[i] for i in lines], 'cpu'))
            hidden = network.decode(padded([[BOS, *targets[i][:-1]] for i in lines], 'cpu'), memory, mask)
        own = hidden[torch.arange(hidden.shape[1]) < torch.tensor(lengths)[:, None]].float()
        logits = own @ table
        right = torch.tensor([token for i in lines for token in targets[i]])
        share = (logits.gather(1, right[:, None])[:, 0] - logits.logsumexp(1)).exp()
        for i, state, of in zip(lines, own.half().split(lengths), share.split(lengths)):
            states[i], tokens[i], shares[i] = state.numpy(), np.array(targets[i], np.uint16), of.numpy()
    return np.concatenate(states), np.concatenate(tokens), np.concatenate(shares)


def centres_of(points, count, rounds=12):
    """k-means: `count` centres of `points` [n, dimensions]."""
    centres = points[torch.randperm(len(points), generator=torch.Generator().manual_seed(1))[:count]].clone()
    for _ in range(rounds):
        nearest = nearest_of(points, centres)
        sums, members = torch.zeros_like(centres).index_add_(0, nearest, points), torch.bincount(nearest, minlength=count)
        centres[members > 0] = (sums / members[:, None])[members > 0]
    return centres


def nearest_of(points, centres, step=50_000):
    length = (centres * centres).sum(1)
    return torch.cat([(length - 2 * points[at:at + step] @ centres.t()).argmin(1) for at in range(0, len(points), step)])


def directions_of(states):
    """Mean [width] and the DIMENSIONS directions [width, DIMENSIONS] in which states differ most."""
    sample = states[::10].astype(np.float32)
    mean = sample.mean(0)
    _, vectors = np.linalg.eigh((sample - mean).T @ (sample - mean) / len(sample))
    return mean, np.ascontiguousarray(vectors[:, ::-1][:, :DIMENSIONS], np.float32)


def spread():
    """Order of the directions in which each part gets some that differ much and some that differ little."""
    return np.arange(DIMENSIONS).reshape(DIMENSIONS // PARTS, PARTS).T.reshape(-1)


def table_of(states, tokens, shares):
    """The file's bytes, and which of the tokens stands in each place."""
    mean, directions = directions_of(states)
    directions = np.ascontiguousarray(directions[:, spread()])
    kept = np.flatnonzero(shares <= MOST_SURE)
    points = torch.from_numpy(np.concatenate([(states[part].astype(np.float32) - mean) @ directions for part in np.array_split(kept, 20)]))
    sample = points[torch.randperm(len(points), generator=torch.Generator().manual_seed(2))[:60_000]]
    lists = centres_of(sample, LISTS)
    member = nearest_of(points, lists)
    order = torch.argsort(member, stable=True)
    wide = DIMENSIONS // PARTS
    books, codes = [], []
    for part in range(PARTS):
        own = points[:, part * wide:(part + 1) * wide]
        book = centres_of(sample[:, part * wide:(part + 1) * wide].contiguous(), CENTRES)
        books.append(book.numpy())
        codes.append(nearest_of(own.contiguous(), book)[order].numpy().astype(np.uint8))
    starts = np.concatenate([[0], np.bincount(member.numpy(), minlength=LISTS).cumsum()]).astype('<u4')
    header = MAGIC + struct.pack('<6I', VERSION, len(mean), DIMENSIONS, PARTS, LISTS, len(kept))
    floats = [mean, directions, lists.numpy(), np.stack(books)]
    return b''.join([header, *(a.astype('<f4').tobytes() for a in floats), starts.tobytes(),
                     tokens[kept][order.numpy()].astype('<u2').tobytes(), np.stack(codes, 1).tobytes()]), kept[order.numpy()]


def main():
    import sentencepiece
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('corpora')
    parser.add_argument('model')
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    parser.add_argument('--spm', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), 'romance-en.spm.model'))
    parser.add_argument('--states')
    a = parser.parse_args()
    weights = weights_of(a.model)
    vocabulary, width = weights['e.weight'].shape
    layers = [layers_of(weights, stack) for stack in ('enc', 'dec')]
    network = Transformer(vocabulary, width, weights['enc.0.f.0.weight'].shape[0], width // 64, *layers, 0).eval()
    network.load_state_dict(weights)
    spm = sentencepiece.SentencePieceProcessor(model_file=a.spm)
    languages = a.languages.split(',')
    corpora, _ = read_corpora(a.corpora, languages)
    with open(f'{a.model}/manifest.json', encoding='utf-8') as f:
        shape = json.load(f)['runtime']['examples']
    os.makedirs(f'{a.model}/examples', exist_ok=True)
    steps, rng = [], np.random.default_rng(1)

    def known(name, pairs, language):
        kept = f'{a.states}/{name}-{language}.npz' if a.states else ''
        if not os.path.exists(kept):
            parts = states_of(network, spm, pairs, hints_of(language))
            if not kept:
                return parts
            np.savez(kept, **dict(zip(PARTS_OF_STATES, parts)))
        found = np.load(kept)
        return [found[name] for name in PARTS_OF_STATES]

    for language in languages:
        both = known('hand', taught(language) + spoken_pairs(conversations(language)), language), known('corpora', corpora[language], language)
        states, tokens, shares = (np.concatenate(parts) for parts in zip(*both))
        content, order = table_of(states, tokens, shares)
        with open(f'{a.model}/examples/{language}.bin', 'wb') as f:
            f.write(content)
        steps.append(steps_of(states, tokens, lines_of(tokens), content, order, network.e.weight, shape, rng))
        print(f'{language}: {len(tokens):,} places, {len(order):,} kept, {len(content):,} bytes', flush=True)
    with open(f'{a.model}/examples/trust.json', 'w', encoding='utf-8') as f:
        json.dump(learnt(steps).told(), f)


if __name__ == '__main__':
    main()
