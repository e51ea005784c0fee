internal import Kernels

/// The function that a layer's outputs end in.
package enum Ending: String, Sendable {
  case linear
  case relu
  case tanh
  /// 1 / (1 + e^-x)
  case sigmoid
  /// Of each row: factors above 0 that sum to 1.
  case softmax

  /// Those that a suite may put behind hidden layers.
  package static let activations: [Ending] = [.relu, .tanh]

  /// Applies the function to values, in place.
  func apply(to values: MatrixView, _ kernels: KernelTable) {
    switch self {
    case .linear: break
    case .relu: kernels.maskByReLU(values, output: values)
    case .tanh: kernels.tanh(values)
    case .sigmoid: kernels.sigmoid(values)
    case .softmax: kernels.softmax(values)
    }
  }

  /// Multiplies a gradient behind the function by its derivative.
  func pass(_ gradient: MatrixView, outputs: MatrixView, _ kernels: KernelTable) {
    switch self {
    case .linear: break
    case .relu: kernels.maskByReLU(gradient, output: outputs)
    case .tanh: kernels.maskByTanh(gradient, output: outputs)
    case .sigmoid: kernels.maskBySigmoid(gradient, output: outputs)
    case .softmax: kernels.maskBySoftmax(gradient, output: outputs)
    }
  }
}
