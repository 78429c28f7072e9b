#!/usr/bin/python3
"""The weights of a shipped model read back from its ONNX graph, so that training can go on from what is in models/.

    shipped.py MODEL_DIR OUT.pt       a checkpoint as train.py and export_onnx.py take it

int8 matrices come back expanded: half a step of rounding is all that was lost.
"""
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper


def weights_of(model_dir):
    """{name: float32 tensor} in the names of checkpoint.py."""
    graph = onnx.load(f'{model_dir}/onnx/decoder_model_merged_quantized.onnx').graph
    constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    weights = {
        'e.weight': constants['embedding.q'].astype(np.float32) * constants['embedding.scale'][:, None],
        'p.weight': constants['positions'],
    }
    for name, value in constants.items():
        # Layers that are multiplied at once stand side by side under their joined names: see onnx_graph.Block.linear.
        if name.endswith('.q') and name != 'embedding.q':
            layers = name.removesuffix('.q').split('+')
            joined = value.T.astype(np.float32) * constants[name.removesuffix('.q') + '.scale'][:, None]
            biases = constants[name.removesuffix('.q') + '.b']
            for layer, rows, bias in zip(layers, np.split(joined, len(layers)), np.split(biases, len(layers))):
                weights[layer + '.weight'], weights[layer + '.bias'] = rows, bias
        elif name.endswith('.weight') or (name.endswith('.bias') and name.removesuffix('.bias') + '.weight' in constants):
            weights[name] = value
    return {name: torch.tensor(np.array(value)) for name, value in weights.items()}


if __name__ == '__main__':
    torch.save(weights_of(sys.argv[1]), sys.argv[2])
