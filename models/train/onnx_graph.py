"""Writes the transformer of checkpoint.py as ONNX graphs, node by node, in the shape transformers.js drives.

[Note: One graph, one embedding] The embedding is a third of the model and is needed on both sides, so encoder and
decoder stand in one file. `encoder_model` only hands the token ids on as `last_hidden_state` [batch, source, 1];
`decoder_model_merged` runs the encoder in its first step (use_cache_branch = false), where it also fills the
cross-attention cache. Later steps take that cache from `past_key_values.*.encoder.*` and return an empty dummy for it,
because the caller keeps the first one: nothing is computed or copied twice.

Beside `logits` the decoder gives `next_token` [batch] (greedy choice at the last position) and `next_log_prob` [batch],
so that a greedy loop need not carry the whole vocabulary out of the runtime at every step; `top_tokens` and
`top_log_probs` [batch, TOP] are the same for a beam of up to TOP - 1. `last_state` [batch, width] is what these scores are
made of, for looking up examples (examples.py).
"""
import math

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from checkpoint import BOS, EOS, MASKED, to_int8

TOP = 9
SOURCE = ['batch_size', 'encoder_sequence_length']  # transformers.js looks for the literal name batch_size
TARGET = ['batch_size', 'decoder_sequence_length']


class Block:
    """A run of nodes: the main graph or one branch of an `If`. Branches share the main graph's constants."""

    def __init__(self, checkpoint, quantised, parent=None):
        self.c, self.quantised, self.nodes, self.parent = checkpoint, quantised, [], parent
        self.constants = parent.constants if parent else {}
        self.names = parent.names if parent else iter(range(10**9))

    def add(self, kind, inputs, outputs=1, **attributes):
        """Appends a node. `outputs` is a count, or the name of the single output. Returns its name or names."""
        names = [outputs] if isinstance(outputs, str) else [f'{kind.lower()}_{next(self.names)}' for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names[0] if len(names) == 1 else names

    def constant(self, name, array):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(array, order='C'), name)
        return name

    def integers(self, *values):
        return self.constant('int_' + '_'.join(map(str, values)), np.array(values, np.int64))

    def integer(self, value):
        return self.constant(f'scalar_{value}', np.int64(value))

    def number(self, name, value):
        return self.constant(name, np.float32(value))

    # ---------------------------------------------------------------- weights
    def _expanded(self, name, rows):
        """int8 `rows` [out, in] as a float32 [in, out] matrix: constant, so the runtime folds it when it loads."""
        q, scale = to_int8(rows)
        q = self.constant(name + '.q', q.T)
        return self.add('Mul', [self.add('Cast', [q], to=TensorProto.FLOAT), self.constant(name + '.scale', scale)])

    def linear(self, x, *layers):
        """One multiplication for all the named layers, their outputs side by side."""
        rows = np.concatenate([self.c.weights[n + '.weight'] for n in layers])
        bias = np.concatenate([self.c.weights[n + '.bias'] for n in layers])
        name = '+'.join(layers)
        matrix = self._expanded(name, rows) if self.quantised else self.constant(name + '.w', rows.T)
        return self.add('Add', [self.add('MatMul', [x, matrix]), self.constant(name + '.b', bias)])

    def _embedding(self):
        """The tied table: (name of [token, width], name of the scale per token or None)."""
        table = self.c.weights['e.weight']
        if not self.quantised:
            return self.constant('embedding', table), None
        q, scale = to_int8(table)
        return self.constant('embedding.q', q), self.constant('embedding.scale', scale)

    def embed(self, ids, first, end):
        """ids [batch, n] at positions first..end -> [batch, n, width]."""
        table, scale = self._embedding()
        x = self.add('Gather', [table, ids])
        if scale:
            row = self.add('Unsqueeze', [self.add('Gather', [scale, ids]), self.integers(-1)])
            x = self.add('Mul', [self.add('Cast', [x], to=TensorProto.FLOAT), row])
        x = self.add('Mul', [x, self.number('sqrt_width', math.sqrt(self.c.width))])
        # A caller with a longer limit than ours must not read past the table.
        at = self.add('Min', [self.add('Range', [first, end, self.integer(1)]), self.integer(self.c.positions - 1)])
        return self.add('Add', [x, self.add('Gather', [self.constant('positions', self.c.weights['p.weight']), at])])

    def vocabulary_scores(self, x, output):
        table, scale = self._embedding()
        matrix = self.add('Transpose', [table], perm=[1, 0])
        if scale:
            matrix = self.add('Mul', [self.add('Cast', [matrix], to=TensorProto.FLOAT), scale])
        return self.add('MatMul', [x, matrix], output)

    # ---------------------------------------------------------------- layers
    def norm(self, x, name):
        weight, bias = (self.constant(f'{name}.{p}', self.c.weights[f'{name}.{p}']) for p in ('weight', 'bias'))
        return self.add('LayerNormalization', [x, weight, bias], axis=-1, epsilon=1e-5)

    def length(self, x, axis):
        return self.add('Gather', [self.add('Shape', [x]), self.integer(axis)])

    def heads(self, x, prefix, parts):
        """Projections such as 'qkv', each [batch, heads, n, head width]."""
        y = self.linear(x, *[f'{prefix}.{p}' for p in parts])
        split = self.add('Split', [y], len(parts), axis=-1) if len(parts) > 1 else [y]
        shape = self.integers(0, 0, self.c.heads, self.c.head_width)
        return [self.add('Transpose', [self.add('Reshape', [t, shape])], perm=[0, 2, 1, 3]) for t in split]

    def attend(self, q, k, v, mask, prefix):
        scores = self.add('MatMul', [q, self.add('Transpose', [k], perm=[0, 1, 3, 2])])
        scores = self.add('Mul', [scores, self.number('inverse_sqrt_head', self.c.head_width**-0.5)])
        mixed = self.add('MatMul', [self.add('Softmax', [self.add('Add', [scores, mask])], axis=-1), v])
        flat = self.add('Reshape', [self.add('Transpose', [mixed], perm=[0, 2, 1, 3]), self.integers(0, 0, -1)])
        return self.linear(flat, prefix + '.o')

    def feed_forward(self, x, layer):
        h = self.add('Relu', [self.linear(self.norm(x, layer + '.n3'), layer + '.f.0')])
        return self.add('Add', [x, self.linear(h, layer + '.f.2')])

    def padding(self, mask):
        """int64 mask [batch, source] (1 = token) -> additive float [batch, 1, 1, source]."""
        wide = self.add('Unsqueeze', [self.add('Cast', [mask], to=TensorProto.FLOAT), self.integers(1, 2)])
        return self.add('Mul', [self.add('Sub', [self.number('one', 1), wide]), self.number('masked', MASKED)])

    def encoder(self, ids, mask):
        x, padding = self.embed(ids, self.integer(0), self.length(ids, 1)), self.padding(mask)
        for i in range(self.c.encoder_layers):
            q, k, v = self.heads(self.norm(x, f'enc.{i}.n1'), f'enc.{i}.a', 'qkv')
            x = self.feed_forward(self.add('Add', [x, self.attend(q, k, v, padding, f'enc.{i}.a')]), f'enc.{i}')
        return self.norm(x, 'ne')


def encoder_graph(checkpoint, quantised):
    """The pass-through of [Note: One graph, one embedding]."""
    g = Block(checkpoint, quantised)
    g.add('Unsqueeze', [g.add('Cast', ['input_ids'], to=TensorProto.FLOAT), g.integers(-1)], 'last_hidden_state')
    inputs = [_info('input_ids', TensorProto.INT64, SOURCE), _info('attention_mask', TensorProto.INT64, SOURCE)]
    return g, inputs, [_info('last_hidden_state', TensorProto.FLOAT, SOURCE + [1])]


def decoder_graph(checkpoint, quantised):
    """Encoder in the first step, decoder in each; see the notes above for inputs and outputs."""
    g, layers = Block(checkpoint, quantised), range(checkpoint.decoder_layers)
    crossed = [f'{i}.encoder.{part}' for i in layers for part in ('key', 'value')]
    _cross_attention_cache(g, crossed)

    past = g.length('past_key_values.0.decoder.key', 2)
    total = g.add('Add', [past, g.length('input_ids', 1)])
    x, padding = g.embed('input_ids', past, total), g.padding('encoder_attention_mask')
    row = g.add('Unsqueeze', [g.add('Range', [past, total, g.integer(1)]), g.integers(1)])
    later = g.add('Greater', [g.add('Range', [g.integer(0), total, g.integer(1)]), row])
    causal = g.add('Where', [later, g.number('masked', MASKED), g.number('zero', 0)])
    for i in layers:
        q, k, v = g.heads(g.norm(x, f'dec.{i}.n1'), f'dec.{i}.a', 'qkv')
        k = g.add('Concat', [f'past_key_values.{i}.decoder.key', k], f'present.{i}.decoder.key', axis=2)
        v = g.add('Concat', [f'past_key_values.{i}.decoder.value', v], f'present.{i}.decoder.value', axis=2)
        x = g.add('Add', [x, g.attend(q, k, v, causal, f'dec.{i}.a')])
        q, = g.heads(g.norm(x, f'dec.{i}.n2'), f'dec.{i}.c', 'q')
        x = g.add('Add', [x, g.attend(q, f'cross.{i}.encoder.key', f'cross.{i}.encoder.value', padding, f'dec.{i}.c')])
        x = g.feed_forward(x, f'dec.{i}')
    states = _end_is_final(g, g.norm(x, 'nd'), total)
    scores = g.vocabulary_scores(states, 'logits')
    g.add('Gather', [states, g.integer(-1)], 'last_state', axis=1)

    last = g.add('Gather', [scores, g.integer(-1)], axis=1)
    g.add('ArgMax', [last], 'next_token', axis=-1, keepdims=0)
    probabilities = g.add('LogSoftmax', [last], axis=-1)
    g.add('ReduceMax', [probabilities], 'next_log_prob', axes=[-1], keepdims=0)
    g.nodes.append(helper.make_node('TopK', [probabilities, g.integers(TOP)], ['top_log_probs', 'top_tokens'], axis=-1))
    return g, *_decoder_signature(checkpoint, crossed)


def _cross_attention_cache(g, crossed):
    first, later = Block(g.c, g.quantised, g), Block(g.c, g.quantised, g)
    ids = first.add('Cast', [first.add('Squeeze', ['encoder_hidden_states', first.integers(-1)])], to=TensorProto.INT64)
    memory = first.encoder(ids, 'encoder_attention_mask')
    computed = [t for i in range(g.c.decoder_layers) for t in first.heads(memory, f'dec.{i}.c', 'kv')]
    computed += [first.add('Identity', [t]) for t in computed]
    empty = g.constant('empty', np.zeros((0, g.c.heads, 1, g.c.head_width), np.float32))
    reused = [later.add('Identity', [f'past_key_values.{k}']) for k in crossed]
    reused += [later.add('Identity', [empty]) for _ in crossed]

    def branch(name, block, outputs):
        return helper.make_graph(block.nodes, name, [], [_info(o, TensorProto.FLOAT, None) for o in outputs])

    outputs = [f'cross.{k}' for k in crossed] + [f'present.{k}' for k in crossed]
    branches = {'then_branch': branch('later_step', later, reused), 'else_branch': branch('first_step', first, computed)}
    g.nodes.append(helper.make_node('If', ['use_cache_branch'], outputs, **branches))


def _end_is_final(g, x, total):
    """Rows that are over give the end token for ever: a batch stops only when every row's latest token is the end.

    A row is over when its input token is the end, or at the longest target seen in training whatever limit the caller
    has. The hidden state is replaced by a direction in which the end token wins; that costs `width` numbers a row,
    where a mask over the scores would cost the whole vocabulary.
    """
    longest = g.add('GreaterOrEqual', [total, g.integer(g.c.max_tokens - 1)])
    over = g.add('Unsqueeze', [g.add('Or', [g.add('Equal', ['input_ids', g.integer(EOS)]), longest]), g.integers(-1)])
    return g.add('Where', [over, g.constant('end_direction', end_direction(g.c)), x])


def end_direction(checkpoint):
    """A hidden state [width] whose greatest score, by a wide margin, is the end token's."""
    table = checkpoint.dequantised()['e.weight'].astype(np.float64)
    others = np.delete(table, EOS, 0)
    direction = table[EOS] / np.linalg.norm(table[EOS])
    for _ in range(10_000):  # perceptron: push away from the nearest rival until the end token is clear of all of them
        rival = others[(others @ direction).argmax()]
        if (table[EOS] - rival) @ direction >= 0.5 * np.linalg.norm(direction) * np.linalg.norm(table[EOS]):
            break
        direction += 0.1 * (table[EOS] - rival)
    margin = ((table[EOS] - others) @ direction).min()
    assert margin > 0, 'no direction separates the end token'
    return (direction * 50 / margin).astype(np.float32)


def _info(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def _decoder_signature(c, crossed):
    def cache(name, batch, length):
        return _info(name, TensorProto.FLOAT, [batch, c.heads, length, c.head_width])

    own = [k.replace('encoder', 'decoder') for k in crossed]
    inputs = [
        _info('encoder_attention_mask', TensorProto.INT64, SOURCE),
        _info('input_ids', TensorProto.INT64, TARGET),
        _info('encoder_hidden_states', TensorProto.FLOAT, SOURCE + [1]),
        *[cache(f'past_key_values.{k}', 'batch_size', 'past_decoder_sequence_length') for k in own],
        *[cache(f'past_key_values.{k}', 'batch_size', 'encoder_sequence_length_out') for k in crossed],
        _info('use_cache_branch', TensorProto.BOOL, [1]),
    ]
    outputs = [
        _info('logits', TensorProto.FLOAT, TARGET + [c.vocabulary]),
        *[cache(f'present.{k}', 'batch_size', 'total_sequence_length') for k in own],
        *[cache(f'present.{k}', 'batch_size_or_0', 'encoder_sequence_length_or_1') for k in crossed],
        _info('next_token', TensorProto.INT64, ['batch_size']),
        _info('next_log_prob', TensorProto.FLOAT, ['batch_size']),
        _info('top_tokens', TensorProto.INT64, ['batch_size', TOP]),
        _info('top_log_probs', TensorProto.FLOAT, ['batch_size', TOP]),
        _info('last_state', TensorProto.FLOAT, ['batch_size', c.width]),
    ]
    return inputs, outputs


def save(path, graph, inputs, outputs):
    body = helper.make_graph(graph.nodes, 'skein', inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(body, opset_imports=[helper.make_opsetid('', 17)], ir_version=8, producer_name='skein')
    onnx.checker.check_model(model)
    onnx.save(model, path)
