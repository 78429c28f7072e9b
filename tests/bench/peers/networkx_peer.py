"""python3-networkx on the same network: prints one JSON object, or {"absent": reason}.

usage: networkx_peer.py EDGES.bin
EDGES.bin as for igraph_peer.py. Times are CPU seconds of this process, one run each: plain Python is slow, not noisy.
Communities are left out: they take minutes here.
"""
import json
import struct
import sys
import time

try:
    import networkx
except ImportError as error:
    print(json.dumps({'absent': str(error)}))
    sys.exit(0)

with open(sys.argv[1], 'rb') as file:
    nodes, count = struct.unpack('<II', file.read(8))
    rows = [struct.unpack('<IId', file.read(16)) for _ in range(count)]


def timed(work):
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def build():
    graph = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(rows)
    return graph


out = {'version': networkx.__version__}
out['build_s'], graph = timed(build)
out['components_s'], found = timed(lambda: list(networkx.connected_components(graph)))
out['components'] = len(found)
out['coreness_s'], found = timed(lambda: networkx.core_number(graph))
out['coreness_max'] = max(found.values())
try:
    out['pagerank_s'], ranks = timed(lambda: networkx.pagerank(graph, weight='weight'))
    out['pagerank_top'] = max(ranks, key=ranks.get)
except ImportError:
    out['pagerank_s'] = None
print(json.dumps(out))
