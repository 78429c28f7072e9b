#!/usr/bin/env python3
"""python3 verify_audit.py audit.jsonl checkpoint.json: OK, or the first thing that is wrong. Needs Python 3.8 alone."""
import hashlib, json, sys

def sha(data): return hashlib.sha256(data).digest()

def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

def root_of(leaves):  # RFC 6962, section 2.1
    if len(leaves) < 2: return leaves[0] if leaves else sha(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:]))

# ECDSA over P-256 (FIPS 186-4): the prime of the field, the order, the base point; points are pairs, infinity is None.
P, N = 2**256 - 2**224 + 2**192 + 2**96 - 1, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296, 0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B

def add(a, b):
    if a is None or b is None: return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0: return None
    slope = (3 * a[0] ** 2 - 3) * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P

def times(k, point):
    total = None
    for bit in bin(k)[2:]: total = add(add(total, total), point if bit == "1" else None)
    return total

def is_signed(key, signature, data):
    (x, y), (r, s) = [(int.from_bytes(b[:32], "big"), int.from_bytes(b[32:], "big")) for b in (key[1:], signature)]
    if len(key) != 65 or key[0] != 4 or (y * y - x**3 + 3 * x - B) % P or not (0 < r < N and 0 < s < N): return False
    w = pow(s, -1, N)
    point = add(times(int.from_bytes(sha(data), "big") * w % N, G), times(r * w % N, (x, y)))
    return point is not None and point[0] % N == r

def fault(log, checkpoint):
    previous, leaves = "0" * 64, []
    for number, line in enumerate(log.split(b"\n")[:-1]):
        entry = json.loads(line)
        if canonical(entry) != line: return f"line {number} is not canonical"
        if entry["seq"] != number or entry["prev"] != previous: return f"line {number} does not follow the one before it"
        leaves.append(sha(b"\0" + line)); previous = leaves[-1].hex()
    if not log.endswith(b"\n") and log: return "the last line is cut"
    if checkpoint["size"] != len(leaves): return f"{len(leaves)} lines, {checkpoint['size']} in the checkpoint"
    if checkpoint["root"] != root_of(leaves).hex(): return "the root is not that of the checkpoint"
    signature = bytes.fromhex(checkpoint["signature"])
    if signature.hex() != checkpoint["signature"]: return "the signature is not written as hex in small letters"
    signed = canonical({name: value for name, value in checkpoint.items() if name != "signature"})
    return None if is_signed(bytes.fromhex(checkpoint["key"]), signature, signed) else "the checkpoint is not signed by its key"

if __name__ == "__main__":
    try: wrong = fault(open(sys.argv[1], "rb").read(), json.load(open(sys.argv[2], encoding="utf-8")))
    except Exception as error: wrong = f"cannot be read: {error!r}"
    print(f"FAIL: {wrong}" if wrong else "OK"); sys.exit(bool(wrong))
