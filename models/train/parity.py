#!/usr/bin/python3
"""The reference side of the export check: what PyTorch gives for held-out lines.

    parity.py CHECKPOINT.pt SPM.model LINES.tsv OUT.json [--per-language 100] [--beam 4,1] [--characters]

LINES.tsv: language, source[, English]. For each line: token ids by SentencePiece, greedy output of the checkpoint
(`float`), and greedy output of the checkpoint with its weights rounded to the shipped int8 and expanded again (`int8`),
and what a beam of that width and length power gives with the latter (`beam`), each with its mean log probability.
`models/train/parity.ts` compares the export with them token by token.
"""
import argparse
import json
import lzma
import unicodedata

import sentencepiece
import torch

from checkpoint import EOS, Checkpoint, Reference


def read_lines(path, per_language):
    opened = lzma.open(path, 'rt', encoding='utf-8') if path.endswith('.xz') else open(path, encoding='utf-8')
    taken = {}
    with opened as f:
        for line in f:
            language, source, *rest = line.rstrip('\n').split('\t')
            if taken.get(language, 0) < per_language:
                taken[language] = taken.get(language, 0) + 1
                yield language, source, rest[0] if rest else ''


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('checkpoint', 'spm', 'lines', 'out'):
        parser.add_argument(name)
    parser.add_argument('--per-language', type=int, default=100)
    parser.add_argument('--beam', default='4,1')
    parser.add_argument('--languages', default='fra,ita,por,ron,spa')
    parser.add_argument('--characters', action='store_true', help='also the ids of every assigned character below U+20000')
    a = parser.parse_args()
    torch.set_num_threads(1)

    c = Checkpoint(a.checkpoint)
    pieces = sentencepiece.SentencePieceProcessor(model_file=a.spm)
    references = {'float': Reference(c), 'int8': Reference(c, c.dequantised())}
    lines = [dict(language=g, source=s, english=e, ids=pieces.encode(s) + [EOS])
             for g, s, e in read_lines(a.lines, a.per_language) if g in a.languages.split(',')]
    lines = [x for x in lines if len(x['ids']) <= c.max_tokens]
    order = sorted(range(len(lines)), key=lambda i: len(lines[i]['ids']))
    for start in range(0, len(order), 32):
        batch = [lines[i] for i in order[start:start + 32]]
        for name, reference in references.items():
            ids, scores = reference.greedy([x['ids'] for x in batch])
            for x, out, score in zip(batch, ids, scores):
                x[name] = dict(ids=out, text=pieces.decode(out), meanLogProb=round(score, 6))
    width, power = a.beam.split(',')
    for x in lines:
        out, score = references['int8'].beam(x['ids'], int(width), float(power))
        x['beam'] = dict(ids=out, text=pieces.decode(out), meanLogProb=round(score, 6))
    result = dict(lines=lines)
    if a.characters:
        assigned = [chr(i) for i in range(1, 0x20000) if not 0xD800 <= i < 0xE000 and unicodedata.category(chr(i)) != 'Cn']
        result['characters'] = [[f'a{x}b', pieces.encode(f'a{x}b') + [EOS]] for x in assigned]
    with open(a.out, 'w', encoding='utf-8') as f:
        json.dump(result, f, ensure_ascii=False, indent=None if a.characters else 1)
        f.write('\n')
    same = sum(x['float']['ids'] == x['int8']['ids'] for x in lines)
    print(f'{len(lines)} lines; int8 weights give the same tokens as float weights on {same}')


if __name__ == '__main__':
    main()
