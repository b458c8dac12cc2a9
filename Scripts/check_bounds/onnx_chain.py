"""Chains from ONNX files, through the onnx package: affine operators folded in fractions between activations."""

import onnx
from onnx import numpy_helper

from check_bounds.network import exact

ACTIVATIONS = {"Relu": "relu", "Tanh": "tanh", "Sigmoid": "logistic"}
NOTHING = {"Flatten", "Reshape", "Identity", "Dropout", "Squeeze", "Unsqueeze", "Cast"}


def layers(path):
    """(name, width, activation, bias, weight) per layer, the input first."""
    graph = onnx.load(path).graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    (entry,) = [value for value in graph.input if value.name not in constants]
    width = 1
    for dimension in entry.type.tensor_type.shape.dim:
        width *= dimension.dim_value or 1
    found, value = [(entry.name, width, "identity", None, None)], entry.name
    weight, bias = None, [exact(0)] * width

    def matrix(array):
        return [[exact(float(x)) for x in row] for row in array]

    def push(w, b):
        """The affine map so far, followed by w x + b."""
        nonlocal weight, bias
        bias = [sum(x * y for x, y in zip(row, bias)) + c for row, c in zip(w, b)]
        weight = w if weight is None else [
            [sum(row[k] * weight[k][j] for k in range(len(row))) for j in range(len(weight[0]))] for row in w]

    def close(activation, name):
        nonlocal weight, bias
        found.append((name, len(weight), activation, bias, weight))
        weight, bias = None, [exact(0)] * len(found[-1][4])

    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            continue
        if node.input[0] != value and not (node.op_type == "Add" and node.input[1] == value):
            raise SystemExit(f"{path}: not a chain at {node.op_type} {node.name}")
        options = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
        if node.op_type in ("Gemm", "MatMul"):
            w = constants[node.input[1]]
            rows = matrix(w if options.get("transB") else w.T)
            alpha, beta = exact(options.get("alpha", 1.0)), exact(options.get("beta", 1.0))
            b = [exact(0)] * len(rows)
            if len(node.input) > 2:
                b = [beta * exact(float(x)) for x in constants[node.input[2]].ravel()]
            push([[alpha * x for x in row] for row in rows], b)
        elif node.op_type == "Add":
            b = constants[node.input[1] if node.input[0] == value else node.input[0]].ravel()
            bias = [x + exact(float(y)) for x, y in zip(bias, b)]
        elif node.op_type in ACTIVATIONS:
            close(ACTIVATIONS[node.op_type], node.output[0])
        elif node.op_type not in NOTHING:
            raise SystemExit(f"{path}: {node.op_type} is not read here")
        value = node.output[0]
    if weight is not None:
        close("identity", value)
    return found
