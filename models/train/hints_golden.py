#!/usr/bin/python3
"""Lines with their hints as training writes them, for tests/golden/language/hints.test.ts to hold the product to.

    hints_golden.py > tests/golden/language/romance-en.hints.tsv

Language, line, line with hints: of the held-out chat lines the first of each language that get any.
"""
from chat_text import HELD_OUT, hand_lines
from hints import hints_of

EACH = 40


def main():
    for language in ('fra', 'ita', 'por', 'ron', 'spa'):
        hints, left = hints_of(language), EACH
        for source, _ in hand_lines(f'{HELD_OUT}/{language}.tsv'):
            hinted = hints.into(source)
            if hinted != source and left > 0:
                print(language, source, hinted, sep='\t')
                left -= 1


if __name__ == '__main__':
    main()
