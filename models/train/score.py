#!/usr/bin/python3
"""BLEU and chrF2 as sacrebleu defines them, without sacrebleu.

    score.py LINES.tsv            (language, source, reference, output)

BLEU: nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp. chrF2: nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no.
Corpus scores for each language. Sources: Post (2018), "A Call for Clarity in Reporting BLEU Scores", Popović (2015,
2016), and the behaviour of mteval-v13a's tokeniser.
"""
import collections
import math
import re
import sys

_RULES = [
    (re.compile(r'([\{-\~\[-\` -\&\(-\+\:-\@\/])'), r' \1 '),
    (re.compile(r'([^0-9])([\.,])'), r'\1 \2 '),
    (re.compile(r'([\.,])([^0-9])'), r' \1 \2'),
    (re.compile(r'([0-9])(-)'), r'\1 \2 '),
]


def tokens_13a(line):
    line = line.replace('<skipped>', '').replace('-\n', '').replace('\n', ' ')
    if '&' in line:
        for entity, letter in (('&quot;', '"'), ('&amp;', '&'), ('&lt;', '<'), ('&gt;', '>')):
            line = line.replace(entity, letter)
    line = f' {line} '
    for pattern, by in _RULES:
        line = pattern.sub(by, line)
    return line.split()


def ngrams(items, n):
    return collections.Counter(tuple(items[i:i + n]) for i in range(len(items) - n + 1))


def bleu(outputs, references):
    correct, total, output_length, reference_length = [0] * 4, [0] * 4, 0, 0
    for output, reference in zip(map(tokens_13a, outputs), map(tokens_13a, references)):
        output_length, reference_length = output_length + len(output), reference_length + len(reference)
        for n in range(1, 5):
            seen, wanted = ngrams(output, n), ngrams(reference, n)
            correct[n - 1] += sum(min(count, wanted[gram]) for gram, count in seen.items())
            total[n - 1] += max(0, len(output) - n + 1)
    if not output_length or not correct[0]:
        return 0.0
    log_precision, smoothing = 0.0, 1.0
    for right, all_ in zip(correct, total):
        if not all_:
            return 0.0
        if not right:  # exponential smoothing: each empty order counts half of the one before
            smoothing *= 2
        log_precision += math.log(right / all_ if right else 1 / (smoothing * all_)) / 4
    brevity = min(0.0, 1 - reference_length / output_length)
    return 100 * math.exp(log_precision + brevity)


def chrf(outputs, references, order=6, beta=2):
    matched, seen, wanted = [0] * order, [0] * order, [0] * order
    for output, reference in zip(outputs, references):
        output, reference = (''.join(s.split()) for s in (output, reference))
        for n in range(1, order + 1):
            a, b = ngrams(output, n), ngrams(reference, n)
            # sacrebleu counts the n-grams of an order only where both sides have some.
            matched[n - 1] += sum(min(count, b[gram]) for gram, count in a.items())
            seen[n - 1] += sum(a.values()) if b else 0
            wanted[n - 1] += sum(b.values())
    precision = recall = 0.0
    orders = 0
    for m, s, w in zip(matched, seen, wanted):
        if s and w:
            precision, recall, orders = precision + m / s, recall + m / w, orders + 1
    if not orders or not (precision + recall):
        return 0.0
    precision, recall = precision / orders, recall / orders
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def main(path):
    rows = collections.defaultdict(list)
    with open(path, encoding='utf-8') as f:
        for line in f:
            language, _, reference, output = line.rstrip('\n').split('\t')[:4]
            rows[language].append((output, reference))
    rows['all'] = [pair for language in sorted(rows) for pair in rows[language]]
    print(f"{'language':10}{'lines':>7}{'BLEU':>8}{'chrF2':>8}")
    for language, pairs in rows.items():
        outputs, references = zip(*pairs)
        print(f'{language:10}{len(pairs):7}{bleu(outputs, references):8.1f}{chrf(outputs, references):8.1f}')


if __name__ == '__main__':
    main(sys.argv[1])
