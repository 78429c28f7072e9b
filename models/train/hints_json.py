#!/usr/bin/python3
"""Writes a model folder's hints.json: {language: {folded form: "gloss, gloss"}}, see hints.py.

    hints_json.py MODEL_DIR
"""
import json
import sys

from hints import hint_table


def main(folder):
    with open(f'{folder}/facts.json', encoding='utf-8') as f:
        languages = json.load(f)['languages']
    tables = {language: dict(sorted(hint_table(language).items())) for language in languages}
    with open(f'{folder}/hints.json', 'w', encoding='utf-8') as f:
        json.dump(tables, f, ensure_ascii=False, separators=(',', ':'))
        f.write('\n')
    print(', '.join(f'{language} {len(table):,}' for language, table in tables.items()), 'forms')


if __name__ == '__main__':
    main(sys.argv[1])
