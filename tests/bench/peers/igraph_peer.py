"""python3-igraph on the same network: prints one JSON object, or {"absent": reason}.

usage: igraph_peer.py EDGES.bin
EDGES.bin, little endian: u32 nodes, u32 edges, then per edge u32 source, u32 target, f64 weight.
Times are CPU seconds of this process, the least of the repeats; the graph is built before the clock starts.
"""
import json
import random
import struct
import sys
import time

try:
    import igraph
except ImportError as error:
    print(json.dumps({'absent': str(error)}))
    sys.exit(0)

with open(sys.argv[1], 'rb') as file:
    nodes, count = struct.unpack('<II', file.read(8))
    rows = list(struct.iter_unpack('<IId', file.read()))
assert len(rows) == count
graph = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in rows])
graph.es['weight'] = [w for _, _, w in rows]


def timed(work, repeats=3):
    best, results = None, []
    for seed in range(repeats):
        random.seed(seed)
        start = time.process_time()
        results.append(work())
        spent = time.process_time() - start
        best = spent if best is None else min(best, spent)
    return best, results


def quality(divisions):
    return sum(graph.modularity(d.membership, weights='weight') for d in divisions) / len(divisions)


out = {'version': igraph.__version__}
out['leiden_s'], found = timed(
    lambda: graph.community_leiden(objective_function='modularity', weights='weight', n_iterations=2)
)
out['leiden_modularity'] = quality(found)
out['louvain_s'], found = timed(lambda: graph.community_multilevel(weights='weight'))
out['louvain_modularity'] = quality(found)
out['pagerank_s'], ranks = timed(lambda: graph.pagerank(weights='weight'))
out['pagerank_top'] = max(range(nodes), key=ranks[0].__getitem__)
components = 'connected_components' if hasattr(graph, 'connected_components') else 'clusters'
out['components_s'], found = timed(getattr(graph, components))
out['components'] = len(found[0])
out['coreness_s'], found = timed(graph.coreness)
out['coreness_max'] = max(found[0])
print(json.dumps(out))
