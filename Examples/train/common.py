"""A network of tanh or relu layers with optional identity skips: training in NumPy, export to ONNX.

Everything is seeded; `train.py` sets one BLAS thread before NumPy is loaded.
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent.parent

SIGMA = {
    "tanh": (np.tanh, lambda a, x: 1 - x * x),
    "logistic": (lambda a: 1 / (1 + np.exp(-a)), lambda a, x: x * (1 - x)),
    "relu": (lambda a: np.maximum(a, 0), lambda a, x: (a > 0).astype(a.dtype)),
    "identity": (lambda a: a, lambda a, x: np.ones_like(a)),
}


class Network:
    """`layers`: (name, width, activation, skip): dense from the layer before, plus an identity skip from `skip` or None."""

    def __init__(self, input_name, input_width, layers, seed):
        rng = np.random.default_rng(seed)
        self.input, self.width, self.layers = input_name, input_width, layers
        self.parameters = []
        before = input_width
        for _, width, activation, _ in layers:
            gain = {"relu": 2.0, "logistic": 16.0}.get(activation, 1.0)
            self.parameters += [rng.normal(0, np.sqrt(gain / before), (width, before)), np.zeros(width)]
            before = width

    def forward(self, u):
        x, a = {self.input: u}, {}
        before = self.input
        for i, (name, _, activation, skip) in enumerate(self.layers):
            a[name] = x[before] @ self.parameters[2 * i].T + self.parameters[2 * i + 1]
            if skip:
                a[name] = a[name] + x[skip]
            x[name] = SIGMA[activation][0](a[name])
            before = name
        return x, a

    def __call__(self, u):
        return self.forward(u)[0][self.layers[-1][0]]

    def gradients(self, u, target):
        """Of ½‖y − target‖², averaged over the batch."""
        x, a = self.forward(u)
        incoming = {name: 0 for name, *_ in self.layers}
        incoming[self.layers[-1][0]] = (x[self.layers[-1][0]] - target) / len(u)
        gradients = [None] * len(self.parameters)
        for i in reversed(range(len(self.layers))):
            name, _, activation, skip = self.layers[i]
            delta = incoming[name] * SIGMA[activation][1](a[name], x[name])
            before = self.layers[i - 1][0] if i else self.input
            gradients[2 * i], gradients[2 * i + 1] = delta.T @ x[before], delta.sum(0)
            if i:
                incoming[before] = incoming[before] + delta @ self.parameters[2 * i]
            if skip:
                incoming[skip] = incoming[skip] + delta
        return gradients

    def train(self, u, target, epochs, seed, rate=3e-3, batch=32, decay=1e-4):
        """Adam with weight decay; the rate falls to zero along a half cosine."""
        rng = np.random.default_rng(seed)
        m = [np.zeros_like(p) for p in self.parameters]
        v = [np.zeros_like(p) for p in self.parameters]
        step, steps = 0, epochs * (len(u) // batch)
        for _ in range(epochs):
            order = rng.permutation(len(u))
            for start in range(0, len(u) - batch + 1, batch):
                rows = order[start : start + batch]
                step += 1
                now = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
                for i, g in enumerate(self.gradients(u[rows], target[rows])):
                    m[i] = 0.9 * m[i] + 0.1 * g
                    v[i] = 0.999 * v[i] + 0.001 * g * g
                    move = (m[i] / (1 - 0.9**step)) / (np.sqrt(v[i] / (1 - 0.999**step)) + 1e-8)
                    self.parameters[i] -= now * (move + decay * self.parameters[i])

    def round(self):
        """To float32, as exported."""
        self.parameters = [p.astype(np.float32).astype(np.float64) for p in self.parameters]

    def export(self, path, name, gemm=True):
        """Gemm, or MatMul and Add; Add for a skip; opset 17. Tensors: layers by name, pre-activations `<name>.a`."""
        # Here, and not above: networks that are written as JSON need NumPy alone.
        import onnx
        from onnx import TensorProto, helper, numpy_helper

        nodes, constants = [], []
        before = self.input

        def constant(key, value):
            constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype=np.float32), key))
            return key

        for i, (layer, _, activation, skip) in enumerate(self.layers):
            w, b = self.parameters[2 * i], self.parameters[2 * i + 1]
            drive = layer if activation == "identity" and not skip else f"{layer}.a"
            dense = f"{layer}.dense" if skip else drive
            if gemm:
                inputs = [before, constant(f"{layer}.weight", w), constant(f"{layer}.bias", b)]
                nodes.append(helper.make_node("Gemm", inputs, [dense], name=f"{layer}.gemm", transB=1))
            else:
                product = f"{layer}.product"
                nodes.append(
                    helper.make_node("MatMul", [before, constant(f"{layer}.weight", w.T)], [product], name=f"{layer}.matmul")
                )
                nodes.append(
                    helper.make_node("Add", [product, constant(f"{layer}.bias", b)], [dense], name=f"{layer}.add")
                )
            if skip:
                nodes.append(helper.make_node("Add", [dense, skip], [drive], name=f"{layer}.skip"))
            if activation != "identity":
                op = {"tanh": "Tanh", "relu": "Relu"}[activation]
                nodes.append(helper.make_node(op, [drive], [layer], name=f"{layer}.{activation}"))
            before = layer
        graph = helper.make_graph(
            nodes,
            name,
            [helper.make_tensor_value_info(self.input, TensorProto.FLOAT, [1, self.width])],
            [helper.make_tensor_value_info(before, TensorProto.FLOAT, [1, self.layers[-1][1]])],
            constants,
        )
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="waveproof-examples"
        )
        onnx.checker.check_model(model, full_check=True)
        path.write_bytes(model.SerializeToString(deterministic=True))

    def agrees(self, path, rows):
        """Largest difference from onnxruntime over `rows`."""
        import onnxruntime

        session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
        worst = 0.0
        for row in rows:
            (y,) = session.run(None, {self.input: row[None].astype(np.float32)})
            worst = max(worst, float(np.abs(y[0] - self(row[None].astype(np.float32).astype(np.float64))[0]).max()))
        assert worst < 1e-5, worst
        return worst


def dyadic(values, bits):
    """Rounded to multiples of 2^-bits: exact both as decimals and as doubles."""
    return np.round(np.asarray(values) * 2**bits) / 2**bits


def largest_step(rows):
    return float(np.abs(np.diff(rows, axis=0)).max())
