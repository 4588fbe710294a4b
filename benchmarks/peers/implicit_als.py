"""Times the Python library `implicit` on a user,item file, to be read beside `benchmarks -- train` and `benchmarks -- recommend`.

    python3 implicit_als.py PAIRS.csv [ITERATIONS] [cg|cholesky|recommend ...]

Every pair weighs 1; its confidence 41 is our 1 + 40 * 1, so that both minimize the same loss.
"""
import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import scipy.sparse as sparse
from implicit.cpu.als import AlternatingLeastSquares

FACTORS, REGULARIZATION, CONFIDENCE, K = 64, 0.1, 41.0, 100


def read(path):
    pairs = np.loadtxt(path, delimiter=",", dtype=np.int32, usecols=(0, 1), skiprows=1)
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (pairs[:, 0], pairs[:, 1])))


def loss(matrix, users, items):
    users, items = users.astype(np.float64), items.astype(np.float64)
    total = np.sum((users.T @ users) * (items.T @ items)) + REGULARIZATION * (np.sum(users**2) + np.sum(items**2))
    coo = matrix.tocoo()
    for start in range(0, coo.nnz, 1_000_000):
        part = slice(start, start + 1_000_000)
        scores = np.einsum("nf,nf->n", users[coo.row[part]], items[coo.col[part]])
        total += np.sum(CONFIDENCE - 2 * CONFIDENCE * scores + (CONFIDENCE - 1) * scores**2)
    return total


def train(matrix, iterations, use_cg):
    ends = [time.perf_counter()]
    model = AlternatingLeastSquares(factors=FACTORS, regularization=REGULARIZATION, alpha=CONFIDENCE, iterations=iterations, use_cg=use_cg, random_state=1)
    cpu = time.process_time()
    model.fit(matrix, show_progress=False, callback=lambda *_: ends.append(time.perf_counter()))
    cpu = time.process_time() - cpu
    seconds = np.diff(ends)[1:]
    print(f"implicit {'cg' if use_cg else 'cholesky'}: seconds per iteration: median {np.median(seconds):.3f}, min {seconds.min():.3f}; "
          f"processor seconds about {cpu / iterations:.3f}; loss {loss(matrix, model.user_factors, model.item_factors):.6e}", flush=True)
    return model


def main():
    matrix = read(sys.argv[1])
    iterations = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    tasks = sys.argv[3:] or ["cg", "cholesky", "recommend"]
    print(f"{matrix.shape[0]:,} users x {matrix.shape[1]:,} items, {matrix.nnz:,} interactions", flush=True)
    model = None
    for use_cg in (True, False):
        if ("cg" if use_cg else "cholesky") in tasks:
            model = train(matrix, iterations, use_cg)
    if "recommend" in tasks:
        model = model or train(matrix, 4, True)
        for _ in range(2):
            start, cpu = time.perf_counter(), time.process_time()
            model.recommend(np.arange(matrix.shape[0]), matrix, N=K, filter_already_liked_items=True)
            seconds = time.perf_counter() - start
            print(f"implicit top {K}, seen excluded: {seconds:.2f} s, {matrix.shape[0] / seconds:,.0f} users per second, "
                  f"{time.process_time() - cpu:.2f} processor seconds", flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
