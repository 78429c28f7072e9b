"""Two readings of one line, with different parts of the network dropped, shall say the same (R-Drop, Liang et al., 2021).

For runs that meet a line tens of times: dropout alone does not keep the network from learning it by heart.
"""
import torch


def divergence(logits):
    """Of `logits` (2n, vocabulary), the second half being second readings of the first: (mean over n of KL(a|b) + KL(b|a),
    its gradient for `logits`). Softened neither way: both halves learn. Overwrites nothing."""
    n = logits.shape[0] // 2
    said = logits.log_softmax(1)
    first, second = said[:n], said[n:]
    apart = first - second
    p, q = first.exp(), second.exp()
    there, back = (p * apart).sum(1, keepdim=True), -(q * apart).sum(1, keepdim=True)
    grad = torch.empty_like(logits)
    # d KL(a|b): p (apart - KL) for the first, q - p for the second; and the other way round.
    torch.mul(p, apart - there, out=grad[:n]).add_(p).sub_(q)
    torch.mul(q, -apart - back, out=grad[n:]).add_(q).sub_(p)
    return (there + back).mean(), grad.div_(n)
