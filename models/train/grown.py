"""A trained model made deeper without a change to what it says, so that training goes on from where it stood.

[Note: Growth] A layer adds to what runs through it: with its last matrices at zero it adds nothing. Each new layer takes
the other weights of the one that it stands behind, and learns from there (the function-preserving growth of Net2Net,
Chen et al., 2016, for a network with residual connections).
"""
import torch

# Inside a layer: what self-attention, cross-attention and the feed-forward part add to the stream.
LAST = ('a.o', 'c.o', 'f.2')


def layers_of(weights, stack):
    """How many layers `stack` ('enc' or 'dec') has."""
    return 1 + max(int(name.split('.')[1]) for name in weights if name.startswith(stack + '.'))


def deeper(weights, stack, layers):
    """`weights` ({name: tensor}) with `layers` layers in `stack` ('enc' or 'dec'), at most twice as many as before."""
    had = layers_of(weights, stack)
    if layers == had:
        return weights
    if not had < layers <= 2 * had:
        raise ValueError(f'{stack} has {had} layers and cannot be made {layers}')
    out = {name: value for name, value in weights.items() if not name.startswith(stack + '.')}
    at = 0
    for old in range(had):
        own = {name.split('.', 2)[2]: value for name, value in weights.items() if name.startswith(f'{stack}.{old}.')}
        copies = 2 if old < layers - had else 1
        for copy in range(copies):
            for name, value in own.items():
                silent = copy > 0 and name.rsplit('.', 1)[0] in LAST
                out[f'{stack}.{at}.{name}'] = torch.zeros_like(value) if silent else value.clone()
            at += 1
    return out
