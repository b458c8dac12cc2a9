"""auto_LiRPA made to bound tanh', logistic' and relu', for which it has no relaxation that serves here.

tanh' and logistic' lie between parallel lines of the chord's slope, which touch the curve where its own slope is the
chord's; relu' is the step, bounded by constants. All in float64, nothing rounded outward.
"""
import math
import warnings

import torch
import torch.onnx.symbolic_helper as symbolic_helper

if not hasattr(symbolic_helper, "_set_opset_version"):
    # auto_LiRPA 0.3 names what later releases of torch moved.
    def _set_opset_version(version):
        from torch.onnx._internal.torchscript_exporter._globals import GLOBALS
        GLOBALS.export_onnx_opset_version = version
    symbolic_helper._set_opset_version = _set_opset_version
if not hasattr(torch._C.Node, "__getitem__"):
    torch._C.Node.__getitem__ = lambda node, key: getattr(node, node.kindOf(key))(key)

with warnings.catch_warnings(record=True):
    import auto_LiRPA
    from auto_LiRPA import BoundedModule, register_custom_op
    from auto_LiRPA.bound_ops import BoundActivation

torch.set_default_dtype(torch.float64)
# The matrices are small: a second thread only waits.
torch.set_num_threads(1)
VERSION = f"auto_LiRPA {auto_LiRPA.__version__}, torch {torch.__version__}"
STEEPEST = 4 / (3 * math.sqrt(3))

if auto_LiRPA.__version__ < "0.4":
    _members = BoundedModule._named_members
    BoundedModule._named_members = lambda self, *a, remove_duplicate=True, **k: _members(self, *a, **k)


def tanh_slope(a):
    return 1 - torch.tanh(a) ** 2


def logistic_slope(a):
    s = torch.sigmoid(a)
    return s * (1 - s)


def relu_slope(a):
    return (a > 0).to(a)


def operator(symbol, function):
    """A node of its own in the traced graph."""
    class Operator(torch.autograd.Function):
        @staticmethod
        def symbolic(graph, a):
            return graph.op(symbol, a).setType(a.type())

        @staticmethod
        def forward(context, a):
            return function(a)
    return Operator.apply


def tanh_slope_lines(low, high):
    """One slope and two offsets. With t = tanh(a): the curve has slope k where t^3 - t = k / 2, three real roots."""
    width = high - low
    chord = (tanh_slope(high) - tanh_slope(low)) / width.clamp(min=1e-300)
    k = torch.where(width > 1e-9, chord, -2 * torch.tanh(low) * tanh_slope(low)).clamp(-STEEPEST, STEEPEST)
    ends = tanh_slope(low) - k * low, tanh_slope(high) - k * high
    below, above = torch.minimum(*ends), torch.maximum(*ends)
    angle = torch.arccos((k / STEEPEST).clamp(-1, 1)) / 3
    for root in range(3):
        t = 2 / math.sqrt(3) * torch.cos(angle - 2 * math.pi * root / 3)
        a = torch.atanh(t.clamp(-1 + 1e-15, 1 - 1e-15)).clamp(min=low, max=high)
        gap = tanh_slope(a) - k * a
        below, above = torch.minimum(below, gap), torch.maximum(above, gap)
    return k, below, above


class SlopeBound(BoundActivation):
    def __init__(self, attr=None, inputs=None, output_index=0, options=None):
        super().__init__(attr, inputs, output_index, options)
        self.ibp_intermediate = False
        self.use_default_ibp = False

    def forward(self, a):
        return type(self).function(a)

    def interval_propagate(self, *v):
        low, high = v[0][0], v[0][1]
        ends = self.forward(low), self.forward(high)
        peak = torch.where((low < 0) & (high > 0), self.forward(torch.zeros_like(low)), torch.maximum(*ends))
        return torch.minimum(*ends), peak


class TanhSlopeBound(SlopeBound):
    function = staticmethod(tanh_slope)

    def bound_relax(self, x, init=False, dim_opt=None):
        self.lw, self.lb, self.ub = tanh_slope_lines(x.lower, x.upper)
        self.uw = self.lw


class LogisticSlopeBound(SlopeBound):
    """logistic'(a) = tanh'(a / 2) / 4."""
    function = staticmethod(logistic_slope)

    def bound_relax(self, x, init=False, dim_opt=None):
        slope, below, above = tanh_slope_lines(x.lower / 2, x.upper / 2)
        self.lw = self.uw = slope / 8
        self.lb, self.ub = below / 4, above / 4


class ReluSlopeBound(SlopeBound):
    function = staticmethod(relu_slope)

    def bound_relax(self, x, init=False, dim_opt=None):
        self.lw = self.uw = torch.zeros_like(x.lower)
        self.lb, self.ub = relu_slope(x.lower), relu_slope(x.upper)


ACTIVATIONS = {"identity": (lambda a: a, None)}
for _kind, _value, _slope, _bound in (("tanh", torch.tanh, tanh_slope, TanhSlopeBound),
                                      ("logistic", torch.sigmoid, logistic_slope, LogisticSlopeBound),
                                      ("relu", torch.relu, relu_slope, ReluSlopeBound)):
    _symbol = f"waveproof::{_kind.capitalize()}Slope"
    register_custom_op(_symbol, _bound)
    ACTIVATIONS[_kind] = _value, operator(_symbol, _slope)
