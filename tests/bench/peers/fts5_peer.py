"""SQLite FTS5 over one text a line: CPU seconds to build, and milliseconds a query. Prints one JSON line.

usage: fts5_peer.py TEXTS QUERIES   (QUERIES: JSON {kind: [FTS5 expression, ...]})
"""
import json
import sqlite3
import sys
import time


def main(texts_path, queries_path):
    with open(texts_path, encoding="utf-8", newline="\n") as file:
        texts = file.read().split("\n")
    with open(queries_path, encoding="utf-8") as file:
        queries = json.load(file)
    db = sqlite3.connect(":memory:")
    start = time.process_time()
    db.execute("create virtual table t using fts5(body, content='', tokenize='unicode61 remove_diacritics 2')")
    db.executemany("insert into t(rowid, body) values(?, ?)", enumerate(texts, 1))
    db.commit()
    build = time.process_time() - start
    size = db.execute("pragma page_count").fetchone()[0] * db.execute("pragma page_size").fetchone()[0]
    times = {}
    for kind, asked in queries.items():
        least = []
        for query in asked:
            best = float("inf")
            for _ in range(5):
                begin = time.perf_counter()
                db.execute("select rowid from t where t match ?", (query,)).fetchall()
                best = min(best, time.perf_counter() - begin)
            least.append(best * 1000)
        times[kind] = least
    print(json.dumps({"sqlite": sqlite3.sqlite_version, "build_s": build, "bytes": size, "queries_ms": times}))


main(*sys.argv[1:])
