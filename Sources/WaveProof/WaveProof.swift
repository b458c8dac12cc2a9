@_exported import Claims
@_exported import ErrorBounds
@_exported import ExactArithmetic
@_exported import Networks
@_exported import ONNXImport
@_exported import Reports
@_exported import Timing
@_exported import Waves
