internal import Kernels

/// The element-wise function behind every hidden layer.
package enum Activation: String, CaseIterable, Sendable {
  case relu
  case tanh

  /// The end of the product that feeds a hidden layer; `finish` completes it.
  func productEnd(bias: UnsafeMutablePointer<Float>) -> ProductEnd {
    switch self {
    case .relu: unsafe .biasReLU(bias)
    case .tanh: unsafe .bias(bias)
    }
  }

  /// Applies what `productEnd` left to do.
  func finish(_ outputs: MatrixView, _ kernels: KernelTable) {
    if self == .tanh { kernels.tanh(outputs) }
  }

  /// Computes `into = (a b) * f'(outputs)`: the gradient at a layer's input to the activation.
  func backward(
    _ a: MatrixView,
    _ b: MatrixView,
    outputs: MatrixView,
    into gradient: MatrixView,
    _ kernels: KernelTable
  ) {
    switch self {
    case .relu:
      kernels.multiply(a, b, into: gradient, end: .reluMask(outputs))
    case .tanh:
      kernels.multiply(a, b, into: gradient, end: .store)
      kernels.maskByTanh(gradient, output: outputs)
    }
  }

  /// Multiplies a gradient at the activation's output by the activation's derivative.
  func mask(_ gradient: MatrixView, outputs: MatrixView, _ kernels: KernelTable) {
    switch self {
    case .relu: kernels.maskByReLU(gradient, output: outputs)
    case .tanh: kernels.maskByTanh(gradient, output: outputs)
    }
  }
}
