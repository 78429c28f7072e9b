"""scikit-learn on the same vectors: prints one JSON object, or {"absent": reason}.

usage: sklearn_peer.py VECTORS.f32 ROWS DIMS CLUSTERS MIN_CLUSTER_SIZE MIN_SAMPLES NEIGHBOURS
VECTORS.f32: little-endian float32, row by row. Times are CPU seconds. HDBSCAN needs scikit-learn 1.3 or newer;
"hdbscan" is null without it.
"""
import json
import sys
import time

try:
    import numpy
    import sklearn
    from sklearn.cluster import KMeans
    from sklearn.neighbors import NearestNeighbors
except ImportError as error:
    print(json.dumps({'absent': str(error)}))
    sys.exit(0)
try:
    from sklearn.cluster import HDBSCAN
except ImportError:
    HDBSCAN = None

path, rows, dims, clusters, min_cluster_size, min_samples, neighbours = sys.argv[1], *map(int, sys.argv[2:])
points = numpy.fromfile(path, dtype='<f4').reshape(rows, dims)


def timed(work):
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


out = {'version': sklearn.__version__, 'hdbscan': None}
labels, seconds = timed(lambda: KMeans(clusters, n_init=3, random_state=1).fit_predict(points))
out['kmeans'] = {'labels': labels.tolist(), 'seconds': seconds}
_, out['knn_s'] = timed(lambda: NearestNeighbors(n_neighbors=neighbours + 1, algorithm='brute').fit(points).kneighbors(points))
if HDBSCAN is not None:
    model = HDBSCAN(min_cluster_size=min_cluster_size, min_samples=min_samples)
    labels, seconds = timed(lambda: model.fit_predict(points.astype(float)))
    out['hdbscan'] = {'labels': labels.tolist(), 'seconds': seconds}
print(json.dumps(out))
