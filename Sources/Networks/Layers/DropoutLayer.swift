internal import Kernels

/// Dropout: training keeps each feature with probability `1 − p`, divided by it; evaluation keeps all.
///
/// A step's mask is the same for all tasks and all passes of the step.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: A Simple Way to
/// Prevent Neural Networks from Overfitting", JMLR 15, 2014.
final class DropoutLayer: DrawingLayer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let rate: Double
  /// 0 or `1 / (1 − p)`, shape [rows][features].
  private let mask: Matrix

  init(_ space: LayerSpace, rate: Double) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    self.rate = rate
    mask = Matrix(rows: input.rows, columns: input.width)
    for row in 0..<mask.rows {
      for column in 0..<mask.columns { mask[row, column] = 1 }
    }
  }

  var scratchBytes: Int { mask.buffer.byteCount }

  func draw(_ parameters: UnsafeMutablePointer<Float>, from source: inout DrawSource) {
    let kept = Float(1 / (1 - rate))
    for row in 0..<mask.rows {
      for column in 0..<mask.columns {
        mask[row, column] = source.keeps(dropping: rate) ? kept : 0
      }
    }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    kernels.multiplyElements(input.values, mask.view, into: output.values, accumulates: false)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    kernels.multiplyElements(
      output.gradient,
      mask.view,
      into: self.input.gradient,
      accumulates: end == .more
    )
    self.input.finish(end, kernels)
  }
}

extension NetworkBuilder {
  /// Appends dropout.
  mutating func dropout(_ wire: Wire, _ rate: Double, path: String) -> Wire {
    add(path, reading: [wire], form: form(of: wire)) { DropoutLayer($0, rate: rate) }
  }
}
