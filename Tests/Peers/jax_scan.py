"""JAX: many steps in one jit by lax.scan, batches drawn on the way."""

import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp

from works import serve, target_columns


def make_run(work, method):
    if method not in ("equal", "pcgrad"):
        return None
    count, batch, rows = len(work["heads"]), work["batch"], work["rows"]
    epoch = rows // batch
    widths = [work["inputs"]] + work["trunk"]
    key = jax.random.PRNGKey(0)

    def linear(key, inputs, outputs):
        bound = inputs ** -0.5
        w, b = jax.random.split(key)
        return (jax.random.uniform(w, (inputs, outputs), minval=-bound, maxval=bound),
                jax.random.uniform(b, (outputs,), minval=-bound, maxval=bound))

    keys = jax.random.split(key, len(widths) + count + 3)
    trunk = [linear(k, i, o) for k, i, o in zip(keys, widths, widths[1:])]
    heads = [linear(keys[len(widths) + k], widths[-1], o)
             for k, (_, o) in enumerate(work["heads"])]
    columns = target_columns(work)
    inputs = jax.random.normal(keys[-1], (rows, work["inputs"]))
    targets = jnp.concatenate([
        jax.random.randint(keys[-2], (rows, 1), 0, o).astype(jnp.float32) if kind == "class"
        else jax.random.normal(keys[-3], (rows, o)) for kind, o in work["heads"]
    ], 1)

    def features(trunk, x):
        for w, b in trunk:
            x = jax.nn.relu(x @ w + b)
        return x

    def losses_of(heads, h, t):
        result = []
        for (w, b), (kind, _), (first, last) in zip(heads, work["heads"], columns):
            z = h @ w + b
            if kind == "class":
                label = t[:, first].astype(jnp.int32)
                result.append(-jnp.take_along_axis(jax.nn.log_softmax(z), label[:, None], 1).mean())
            else:
                result.append(((z - t[:, first:last]) ** 2).mean())
        return jnp.stack(result)

    def equal(trunk, heads, x, t, key):
        return jax.grad(lambda tr, he: losses_of(he, features(tr, x), t).sum(), (0, 1))(trunk, heads)

    def pcgrad(trunk, heads, x, t, key):
        h, back = jax.vjp(lambda tr: features(tr, x), trunk)
        own = jax.grad(lambda he: losses_of(he, h, t).sum())(heads)
        cotangents = jax.jacrev(lambda h: losses_of(heads, h, t))(h)
        rows_tree = jax.vmap(lambda c: back(c)[0])(cotangents)
        leaves, shape = jax.tree.flatten(rows_tree)
        gramian = sum(jnp.einsum("i...,j...->ij", g, g) for g in leaves)
        orders = jax.vmap(lambda k: jax.random.permutation(k, count))(jax.random.split(key, count))

        def project(i):
            def meet(at, own):
                j = orders[i, at]
                product = gramian[j] @ own
                step = jnp.where((product < 0) & (j != i), product / gramian[j, j], 0.0)
                return own.at[j].add(-step)
            return jax.lax.fori_loop(0, count, meet, jnp.eye(count)[i])

        weights = jax.vmap(project)(jnp.arange(count)).sum(0)
        return jax.tree.unflatten(shape, [jnp.tensordot(weights, g, 1) for g in leaves]), own

    gradients = dict(equal=equal, pcgrad=pcgrad)[method]

    def step(state, rows_and_key):
        (trunk, heads), m, v, t = state
        chosen, key = rows_and_key
        g = gradients(trunk, heads, inputs[chosen], targets[chosen], key)
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        size, scale = 1e-3 / (1 - 0.9 ** t), (1 - 0.999 ** t) ** -0.5
        p = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) * scale + 1e-8),
                         (trunk, heads), m, v)
        return (p, m, v, t), None

    @jax.jit
    def run_epoch(state, key):
        order = jax.random.permutation(key, rows)[:epoch * batch].reshape(epoch, batch)
        return jax.lax.scan(step, state, (order, jax.random.split(key, epoch)))[0]

    zeros = jax.tree.map(jnp.zeros_like, (trunk, heads))
    holder = dict(state=((trunk, heads), zeros, zeros, jnp.float32(0)), key=key)

    def run(steps):
        # Whole epochs only, since their number of steps is compiled in; the caller is told how many.
        for _ in range(max(1, steps // epoch)):
            holder["key"], key = jax.random.split(holder["key"])
            holder["state"] = run_epoch(holder["state"], key)
        jax.block_until_ready(holder["state"])
        return max(1, steps // epoch) * epoch

    return run


if __name__ == "__main__":
    serve(make_run)
