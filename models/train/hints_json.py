#!/usr/bin/python3
"""Writes a model folder's hints.json.deflate: {language: {"gloss, gloss": "form other_form a_set_phrase"}}, see hints.py.

Forms are folded and parted by blanks, the words of a phrase joined by "_": the English of a dozen forms stands once.

    hints_json.py MODEL_DIR
"""
import collections
import json
import sys
import zlib

from hints import hints_of


def main(folder):
    with open(f'{folder}/facts.json', encoding='utf-8') as f:
        languages = json.load(f)['languages']
    tables, said = {}, []
    for language in languages:
        forms_of = collections.defaultdict(list)
        table = hints_of(language).table
        for form, english in sorted(table.items()):
            forms_of[english].append(form.replace(' ', '_'))
        tables[language] = {english: ' '.join(forms) for english, forms in forms_of.items()}
        said.append(f'{language} {len(table):,} forms, {sum(" " in form for form in table):,} of them phrases')
    text = json.dumps(tables, ensure_ascii=False, separators=(',', ':')) + '\n'
    with open(f'{folder}/hints.json.deflate', 'wb') as f:
        f.write(zlib.compress(text.encode(), 9))
    print('\n'.join(said))


if __name__ == '__main__':
    main(sys.argv[1])
