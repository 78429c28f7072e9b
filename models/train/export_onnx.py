#!/usr/bin/python3
"""Turns a checkpoint into a folder that transformers.js loads.

    export_onnx.py CHECKPOINT.pt SPM.model OUT_DIR [--dtypes q8] [--heads 4] [--max-tokens 64]

q8 is what ships (see [Note: Weight-only int8] in checkpoint.py); fp32 is for parity checks only.
"""
import argparse
import json
import os

from checkpoint import BOS, EOS, PAD, Checkpoint
from onnx_graph import decoder_graph, encoder_graph, save
from tokenizer_json import tokenizer_files

SUFFIX = {'fp32': '', 'q8': '_quantized'}


def configuration(c):
    """config.json and generation_config.json: transformers.js takes any graph of ours under the name marian."""
    special = {'pad_token_id': PAD, 'bos_token_id': BOS, 'eos_token_id': EOS, 'decoder_start_token_id': BOS}
    config = {
        'model_type': 'marian',
        'architectures': ['MarianMTModel'],
        'is_encoder_decoder': True,
        'vocab_size': c.vocabulary,
        'd_model': c.width,
        'encoder_layers': c.encoder_layers,
        'decoder_layers': c.decoder_layers,
        'num_hidden_layers': c.encoder_layers,
        'encoder_attention_heads': c.heads,
        'decoder_attention_heads': c.heads,
        'encoder_ffn_dim': c.inner,
        'decoder_ffn_dim': c.inner,
        'scale_embedding': True,
        'max_position_embeddings': c.max_tokens,
        'activation_function': 'relu',
        **special,
    }
    return config, {'max_length': c.max_tokens, 'num_beams': 1, 'do_sample': False, **special}


def write_json(path, content, indent=1):
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(content, f, ensure_ascii=False, indent=indent, separators=None if indent else (',', ':'))
        f.write('\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('checkpoint')
    parser.add_argument('spm')
    parser.add_argument('out')
    parser.add_argument('--dtypes', default='q8')
    parser.add_argument('--heads', type=int, default=4)
    parser.add_argument('--max-tokens', type=int, default=64)
    a = parser.parse_args()

    c = Checkpoint(a.checkpoint, a.heads, a.max_tokens)
    os.makedirs(f'{a.out}/onnx', exist_ok=True)
    for dtype in a.dtypes.split(','):
        for name, build in (('encoder_model', encoder_graph), ('decoder_model_merged', decoder_graph)):
            path = f'{a.out}/onnx/{name}{SUFFIX[dtype]}.onnx'
            save(path, *build(c, dtype == 'q8'))
            print(f'{os.path.getsize(path):>10,}  {path}')
    config, generation = configuration(c)
    tokenizer, tokenizer_config = tokenizer_files(a.spm, a.max_tokens)
    assert len(tokenizer['model']['vocab']) == c.vocabulary
    write_json(f'{a.out}/config.json', config)
    write_json(f'{a.out}/generation_config.json', generation)
    write_json(f'{a.out}/tokenizer.json', tokenizer, indent=None)
    write_json(f'{a.out}/tokenizer_config.json', tokenizer_config)


if __name__ == '__main__':
    main()
