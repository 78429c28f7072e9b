#!/usr/bin/python3
"""Writes a model folder's names.txt: words that are names whenever our own chat text has them, folded, one a line.

    names.py MODEL_DIR

A word counts when it stands with a capital on both sides of a pair (chat_text.names_of) and when the English has it in
nearly all pairs whose source has it in any spelling: "Rosa" is pink, too, and stays out.
"""
import collections
import json
import re
import sys

from chat_text import FOLDER, hand_lines, names_of
from hints import folded

# Of the lines with the word, so many carry it over as it stands.
LEAST_CARRIED = 0.9
WORD = re.compile(r'[^\W\d_]{3,}')


def main(folder):
    with open(f'{folder}/facts.json', encoding='utf-8') as f:
        languages = json.load(f)['languages']
    pairs = [pair for language in languages for pair in hand_lines(f'{FOLDER}/{language}.tsv')]
    seen, carried = collections.Counter(), collections.Counter()
    wanted = {folded(name) for name in names_of(pairs)}
    for source, english in pairs:
        there = set(WORD.findall(folded(english)))
        for word in set(WORD.findall(folded(source))) & wanted:
            seen[word] += 1
            carried[word] += word in there
    names = sorted(word for word in wanted if seen[word] > 0 and carried[word] >= LEAST_CARRIED * seen[word])
    with open(f'{folder}/names.txt', 'w', encoding='utf-8') as f:
        f.write('\n'.join(names) + '\n')
    print(f'{len(names):,} names of {len(wanted):,} words with a capital on both sides')


if __name__ == '__main__':
    main(sys.argv[1])
