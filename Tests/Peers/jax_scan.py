"""JAX in its fastest form: whole epochs in one jit by lax.scan over rows chosen beforehand.

Nothing is drawn inside the jit: the orders of the rows, and those in which PCGrad visits the tasks,
are made by numpy before the clock starts, some epochs of them, which are then gone through in turn. An
epoch's rows are gathered at once.
"""

import os

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy

from works import serve, target_columns

# How many epochs' orders are kept.
ORDERS = 16


def uniform(draws, bound, *shape):
    return jnp.asarray(draws.uniform(-bound, bound, shape), jnp.float32)


def linear(draws, inputs, outputs, bias=True):
    bound = inputs ** -0.5
    w = uniform(draws, bound, inputs, outputs)
    return (w, uniform(draws, bound, outputs)) if bias else (w,)


def dense(parameters, x):
    h = x @ parameters[0]
    return h + parameters[1] if len(parameters) > 1 else h


def make_dense(work, draws):
    widths = [work["inputs"]] + work["trunk"]
    layers = [linear(draws, i, o) for i, o in zip(widths, widths[1:])]

    def features(layers, x):
        for layer in layers:
            x = jax.nn.relu(dense(layer, x))
        return x

    return layers, features, widths[-1]


def make_convolution(work, draws):
    channels, side, _ = work["image"]
    kernels = []
    for outputs in work["channels"]:
        bound = (25 * channels) ** -0.5
        kernels.append((uniform(draws, bound, 5, 5, channels, outputs),
                        uniform(draws, bound, outputs)))
        channels, side = outputs, (side - 4) // 2
    first, width = linear(draws, channels * side * side, work["trunk"][0]), work["trunk"][0]

    def features(trunk, x):
        kernels, last = trunk
        x = x.reshape(-1, *work["image"][1:], work["image"][0])
        for w, b in kernels:
            # As a product of windows and with the pool by a reshape: XLA's own loops for the gradients of
            # a convolution are five times slower on a processor.
            side = x.shape[1] - 4
            windows = jnp.concatenate(
                [x[:, u:u + side, v:v + side] for u in range(5) for v in range(5)], -1)
            x = windows.reshape(-1, windows.shape[-1]) @ w.reshape(-1, w.shape[-1])
            x = x.reshape(-1, side // 2, 2, side // 2, 2, w.shape[-1])
            x = jax.nn.relu(x.max((2, 4)) + b)
        return jax.nn.relu(dense(last, x.reshape(len(x), -1)))

    return (kernels, first), features, width


def make_transformer(work, draws):
    (tokens, inputs), width, hidden = work["tokens"], work["width"], work["hidden"]
    heads = work["attention_heads"]
    size = width // heads

    def norm():
        return jnp.ones(width), jnp.zeros(width)

    layers = [dict(norm1=norm(), query=linear(draws, width, width),
                   key=linear(draws, width, width, bias=False), value=linear(draws, width, width),
                   out=linear(draws, width, width), norm2=norm(),
                   up=linear(draws, width, hidden), down=linear(draws, hidden, width))
              for _ in range(work["layers"])]
    trunk = dict(embed=linear(draws, inputs, width), layers=layers, norm=norm(),
                 positions=uniform(draws, width ** -0.5, tokens, width))

    def normalize(parameters, x):
        x = x - x.mean(-1, keepdims=True)
        return x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-5) * parameters[0] \
            + parameters[1]

    def features(trunk, x):
        x = dense(trunk["embed"], x.reshape(-1, tokens, inputs)) + trunk["positions"]
        for layer in trunk["layers"]:
            u = normalize(layer["norm1"], x)
            q, k, v = (dense(layer[name], u).reshape(-1, tokens, heads, size)
                       for name in ("query", "key", "value"))
            shares = jax.nn.softmax(jnp.einsum("bihd,bjhd->bhij", q, k) * size ** -0.5)
            y = jnp.einsum("bhij,bjhd->bihd", shares, v).reshape(-1, tokens, width)
            x = x + dense(layer["out"], y)
            u = normalize(layer["norm2"], x)
            x = x + dense(layer["down"], jax.nn.relu(dense(layer["up"], u)))
        return normalize(trunk["norm"], x).mean(1)

    return trunk, features, width


def make_run(work, method):
    if method not in ("equal", "pcgrad") or "sharing" in work:
        return None
    count, batch, rows = len(work["heads"]), work["batch"], work["rows"]
    epoch = rows // batch
    draws = numpy.random.default_rng(0)
    kind = (make_convolution if "image" in work else make_transformer if "tokens" in work
            else make_dense)
    trunk, features, width = kind(work, draws)
    heads = [linear(draws, width, outputs) for _, outputs in work["heads"]]
    columns = target_columns(work)
    inputs = jnp.asarray(draws.standard_normal((rows, work["inputs"])), jnp.float32)
    targets = jnp.asarray(numpy.concatenate([
        draws.integers(0, outputs, (rows, 1)) if kind == "class"
        else draws.standard_normal((rows, outputs)) for kind, outputs in work["heads"]], 1),
        jnp.float32)

    def losses_of(heads, h, t):
        result = []
        for head, (kind, _), (first, last) in zip(heads, work["heads"], columns):
            z = dense(head, h)
            if kind == "class":
                label = t[:, first].astype(jnp.int32)
                result.append(-jnp.take_along_axis(jax.nn.log_softmax(z), label[:, None], 1).mean())
            else:
                result.append(((z - t[:, first:last]) ** 2).mean())
        return jnp.stack(result)

    def equal(trunk, heads, x, t, orders):
        return jax.grad(lambda tr, he: losses_of(he, features(tr, x), t).sum(), (0, 1))(trunk, heads)

    def pcgrad(trunk, heads, x, t, orders):
        h, back = jax.vjp(lambda tr: features(tr, x), trunk)
        own = jax.grad(lambda he: losses_of(he, h, t).sum())(heads)
        cotangents = jax.jacrev(lambda h: losses_of(heads, h, t))(h)
        # Faster here than one pass of all cotangents by vmap.
        passes = [back(cotangents[k])[0] for k in range(count)]
        rows_tree = jax.tree.map(lambda *g: jnp.stack(g), *passes)
        leaves, shape = jax.tree.flatten(rows_tree)
        gramian = sum(jnp.einsum("i...,j...->ij", g, g) for g in leaves)

        # All tasks at once: row i holds the coefficients of task i, which meets orders[i, at].
        numbers = jnp.arange(count)
        combined = jnp.eye(count)
        for at in range(count):
            met = orders[:, at]
            product = (gramian[met] * combined).sum(1)
            step = jnp.where((product < 0) & (met != numbers), product / gramian[met, met], 0.0)
            combined = combined.at[numbers, met].add(-step)
        weights = combined.sum(0)
        return jax.tree.unflatten(shape, [jnp.tensordot(weights, g, 1) for g in leaves]), own

    gradients = dict(equal=equal, pcgrad=pcgrad)[method]

    def step(state, chosen):
        (trunk, heads), m, v, t = state
        (x, y), orders = chosen
        g = gradients(trunk, heads, x, y, orders)
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        size, scale = 1e-3 / (1 - 0.9 ** t), (1 - 0.999 ** t) ** -0.5
        p = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) * scale + 1e-8),
                         (trunk, heads), m, v)
        return (p, m, v, t), None

    @jax.jit
    def run_epoch(state, chosen):
        rows, orders = chosen
        return jax.lax.scan(step, state, ((inputs[rows], targets[rows]), orders))[0]

    chosen = [(jnp.asarray(draws.permutation(rows)[:epoch * batch].reshape(epoch, batch), jnp.int32),
               jnp.asarray(draws.permuted(numpy.tile(numpy.arange(count, dtype=numpy.int32),
                                                     (epoch, count, 1)), axis=2)))
              for _ in range(ORDERS)]
    zeros = jax.tree.map(jnp.zeros_like, (trunk, heads))
    holder = dict(state=((trunk, heads), zeros, zeros, jnp.float32(0)), epoch=0)

    def run(steps):
        # Whole epochs only, since their number of steps is compiled in; the caller is told how many.
        for _ in range(max(1, steps // epoch)):
            holder["state"] = run_epoch(holder["state"], chosen[holder["epoch"] % ORDERS])
            holder["epoch"] += 1
        jax.block_until_ready(holder["state"])
        return max(1, steps // epoch) * epoch

    return run


if __name__ == "__main__":
    serve(make_run)
