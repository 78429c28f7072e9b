#!/usr/bin/python3
"""Writes a model folder's manifest.json: facts.json (id, version, title, languages, licence, ...) plus every file's
size and SHA-256.

    manifest.py MODEL_DIR
"""
import hashlib
import json
import os
import sys

NOT_PART_OF_THE_MODEL = {'manifest.json', 'facts.json', 'card.md'}


def files_of(folder):
    for directory, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(directory, name), folder)
            if path not in NOT_PART_OF_THE_MODEL:
                yield path


def main(folder):
    with open(f'{folder}/facts.json', encoding='utf-8') as f:
        manifest = json.load(f)
    manifest['files'] = []
    for path in sorted(files_of(folder)):
        with open(f'{folder}/{path}', 'rb') as f:
            content = f.read()
        digest = hashlib.sha256(content).hexdigest()
        manifest['files'].append({'path': path, 'sizeBytes': len(content), 'sha256Hex': digest})
    with open(f'{folder}/manifest.json', 'w', encoding='utf-8') as f:
        json.dump(manifest, f, ensure_ascii=False, indent=2)
        f.write('\n')
    print(f"{folder}: {len(manifest['files'])} files, {sum(x['sizeBytes'] for x in manifest['files']):,} bytes")


if __name__ == '__main__':
    main(sys.argv[1])
