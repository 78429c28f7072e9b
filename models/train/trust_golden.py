#!/usr/bin/python3
"""Steps as trust.py believes them, for tests/golden/language/trust.test.ts to hold the product to.

    trust_golden.py MODEL_DIR > tests/golden/language/romance-en.trust.json

Steps are invented: distances, tokens of which some are among the model's likeliest and some stand at several places, and
log probabilities. With each, the share of all places and the weight of each.
"""
import json
import sys

import torch

from trust import LIKELIEST, Trust, features

STEPS, COUNT = 24, 32


@torch.no_grad()
def main():
    with open(f'{sys.argv[1]}/examples/trust.json', encoding='utf-8') as f:
        trust = Trust.of(json.load(f))
    chance = torch.Generator().manual_seed(7)
    distances = (torch.rand(STEPS, COUNT, generator=chance) * 60).round(decimals=2).sort(1).values
    likeliest = torch.stack([torch.randperm(40, generator=chance)[:LIKELIEST] for _ in range(STEPS)])
    tokens = torch.randint(0, 60, (STEPS, COUNT), generator=chance)
    log_probs = (-8 * torch.rand(STEPS, LIKELIEST, generator=chance)).round(decimals=3).sort(1, descending=True).values
    weights, share = trust(*features(distances, tokens, likeliest, log_probs))
    steps = [{'distances': distances[i].double().round(decimals=2).tolist(), 'tokens': tokens[i].tolist(),
              'likeliest': likeliest[i].tolist(), 'logProbs': log_probs[i].double().round(decimals=3).tolist(),
              'share': share[i].item(), 'weights': weights[i].tolist()} for i in range(STEPS)]
    print('[' + ',\n'.join(json.dumps(step) for step in steps) + ']')


if __name__ == '__main__':
    main()
