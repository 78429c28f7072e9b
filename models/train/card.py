#!/usr/bin/python3
"""The tables of a model's card: scores on held-out lines, bare and as a line goes in the product, and lines to read.

    card.py CORPORA_DIR MODELS_ROOT MODEL_ID [--read 30] [--languages fra,ita]

Held out are test_strict (textbook sentences; CORPORA_DIR/test_strict.tsv.xz), tests/bench/chat (lines by hand as people
text) and tests/bench/chat/messages (such messages of two and three sentences). How fast each was translated, on one thread of the machine at hand, stands on standard error. --read prints so many chat lines a language instead, drawn by a fixed seed, with reference and output, for the
reading by eye that the card holds. Needs node_modules.
"""
import argparse
import json
import lzma
import os
import random
import subprocess

from chat_text import HELD_OUT, conversations, hand_lines
from score import bleu, chrf

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')


def strict_lines(corpora, languages):
    with lzma.open(f'{corpora}/test_strict.tsv.xz', 'rt', encoding='utf-8') as f:
        rows = [line.rstrip('\n').split('\t')[:3] for line in f]
    return [row for row in rows if row[0] in languages]


def chat_lines(languages, folder=HELD_OUT):
    return [[g, *pair] for g in languages for pair in hand_lines(f'{folder}/{g}.tsv')]


def conversation_lines(languages):
    """[[language, source, English, conversation, writer]]"""
    return [[g, source, english, f'{g} {number}', writer] for g in languages
            for number, talk in enumerate(conversations(g, HELD_OUT)) for writer, source, english in talk]


def translated(rows, models_root, model, languages, bare):
    """[[language, source, reference, output, mean log probability, flags, other reading]]"""
    command = ['npx', 'tsx', 'models/train/translate-lines.ts', os.path.abspath(models_root), model, ','.join(languages)]
    out = subprocess.run(command + (['--bare'] if bare else []), input='\n'.join('\t'.join(r) for r in rows), cwd=ROOT,
                         text=True, stdout=subprocess.PIPE, check=True).stdout
    return [line.split('\t') for line in out.splitlines()]


def scores(rows):
    outputs, references = [r[3] for r in rows], [r[2] for r in rows]
    return bleu(outputs, references), chrf(outputs, references)


def table(ways, names, languages):
    print(f'| language | lines | {" | ".join(f"BLEU {name} | chrF2 {name}" for name in names)} |\n|---|---|---|---|---|---|')
    for language in [*languages, 'all']:
        parts = [[r for r in way if language in (r[0], 'all')] for way in ways]
        print(f'| {language} | {len(parts[0])} | ' + ' | '.join(f'{x:.1f}' for part in parts for x in scores(part)) + ' |')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('corpora', 'models_root', 'model'):
        parser.add_argument(name)
    parser.add_argument('--read', type=int, default=0)
    parser.add_argument('--languages')
    a = parser.parse_args()
    with open(f'{a.models_root}/{a.model}/manifest.json', encoding='utf-8') as f:
        offered = json.load(f)['languages']
    languages = a.languages.split(',') if a.languages else offered
    if a.read:
        rng = random.Random(1)
        drawn = [row for g in languages for row in rng.sample(chat_lines([g]), a.read)]
        print('| language | source | reference | machine | flags |\n|---|---|---|---|---|')
        for row in translated(drawn, a.models_root, a.model, languages, False):
            print('| ' + ' | '.join([*row[:4], row[5]]) + ' |')
        return
    kinds = (('test_strict', strict_lines(a.corpora, languages)), ('chat', chat_lines(languages)),
             ('messages', chat_lines(languages, f'{HELD_OUT}/messages')))
    for title, rows in kinds:
        print(f'\n{title}\n')
        ways = [translated(rows, a.models_root, a.model, languages, bare) for bare in (True, False)]
        table(ways, ('bare', 'product'), languages)
    print('\nconversations: each line by itself, and behind the one before it where that is better\n')
    rows = conversation_lines(languages)
    ways = [translated(rows, a.models_root, a.model, languages, False) for rows in ([row[:3] for row in rows], rows)]
    table(ways, ('alone', 'behind'), languages)


if __name__ == '__main__':
    main()
