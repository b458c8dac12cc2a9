@_exported import ExactArithmetic
