"""A SentencePiece unigram model (byte fallback, nmt_nfkc) as the tokenizer.json that transformers.js reads.

[Note: Pieces as bytes] The unigram model there has no byte fallback. So the whole model is moved to bytes: text and
pieces are written in the ByteLevel alphabet (one printable character for each byte value), and the fallback piece
<0xNN> is simply the one-character piece of that byte, with a score below all others. UTF-8 keeps pieces aligned with
characters, so the best segmentation stays the same. Control pieces get names outside that alphabet and nothing is
listed as an added token: no text a user types, "</s>" included, can turn into a special token.
"""
import sentencepiece

from checkpoint import BOS, EOS, PAD, UNK


def byte_alphabet():
    """GPT-2's printable character for each byte value."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {**{b: chr(b) for b in printable}, **{b: chr(0x100 + i) for i, b in enumerate(others)}}


def _vocabulary(sp):
    letters, ids = byte_alphabet(), range(sp.get_piece_size())
    below_all = min(sp.get_score(i) for i in ids) - 10
    pieces = {i: ''.join(letters[b] for b in sp.id_to_piece(i).replace('▁', ' ').encode()) for i in ids}
    taken = {pieces[i] for i in ids if not (sp.is_byte(i) or sp.is_control(i) or sp.is_unknown(i))}
    vocabulary = []
    for i in ids:
        piece = sp.id_to_piece(i)
        if sp.is_control(i) or sp.is_unknown(i):
            vocabulary.append(['⟨' + piece.strip('<>') + '⟩', below_all])
        elif sp.is_byte(i):
            letter = letters[int(piece[3:5], 16)]
            # A letter that has a piece of its own never falls back to its byte: that entry only holds its place.
            vocabulary.append(['⟨' + piece.strip('<>') + '⟩' if letter in taken else letter, below_all])
        else:
            vocabulary.append([pieces[i], sp.get_score(i)])
    return vocabulary


# What nmt_nfkc does beside NFKC: drop controls, make every kind of space a space, keep the fullwidth tilde.
_DROPPED = '[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]'
_SPACES = '[\u0009\u000a\u000c\u000d\u00a0\u1680\u2000-\u200c\u200e\u200f\u2028\u2029\u202f\u205f\u2581\u3000\ufeff\ufffd]'
_TILDE, _STAND_IN = '\uff5e', '\ue07e'


def tokenizer_files(path, max_tokens):
    """(tokenizer.json, tokenizer_config.json) as dicts."""
    vocabulary = _vocabulary(sentencepiece.SentencePieceProcessor(model_file=path))
    pad, bos, eos, unk = (vocabulary[i][0] for i in (PAD, BOS, EOS, UNK))

    def replace(pattern, content):
        return {'type': 'Replace', 'pattern': {'Regex': pattern}, 'content': content}

    def sequence(name):
        return {'Sequence': {'id': name, 'type_id': 0}}

    end = {'SpecialToken': {'id': eos, 'type_id': 0}}
    tokenizer = {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': [],
        'normalizer': {
            'type': 'Sequence',
            'normalizers': [
                replace(_DROPPED, ''),
                replace(_SPACES, ' '),
                replace(_TILDE, _STAND_IN),
                {'type': 'NFKC'},
                replace(_STAND_IN, _TILDE),
                replace(' {2,}', ' '),
                replace('^ | $', ''),
            ],
        },
        'pre_tokenizer': {'type': 'ByteLevel', 'add_prefix_space': True, 'use_regex': False, 'trim_offsets': False},
        'post_processor': {
            'type': 'TemplateProcessing',
            'single': [sequence('A'), end],
            'pair': [sequence('A'), sequence('B'), end],
            'special_tokens': {eos: {'id': eos, 'ids': [EOS], 'tokens': [eos]}},
        },
        'decoder': {
            'type': 'Sequence',
            'decoders': [{'type': 'ByteLevel'}, {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}],
        },
        'model': {'type': 'Unigram', 'unk_id': UNK, 'vocab': vocabulary},
    }
    config = {
        'tokenizer_class': 'PreTrainedTokenizer',
        'model_max_length': max_tokens,
        'pad_token': pad,
        'bos_token': bos,
        'eos_token': eos,
        'unk_token': unk,
        'additional_special_tokens': [pad, bos, eos, unk],
        'clean_up_tokenization_spaces': False,
    }
    return tokenizer, config
