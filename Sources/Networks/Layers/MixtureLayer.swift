internal import Kernels

/// `y = Σ g_e x_e`, where the last input holds the factors `g` of every row.
final class MixtureLayer: Layer {
  private let mixed: [Edge]
  private let gate: Edge
  private let output: Edge
  private let kernels: KernelTable

  init(_ space: LayerSpace) {
    mixed = Array(space.inputs.dropLast())
    gate = space.inputs[mixed.count]
    output = space.whole
    kernels = space.kernels
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let factors = gate.values
    for index in mixed.indices {
      unsafe kernels.scaleRows(
        mixed[index].values,
        by: factors.start + index,
        stride: factors.stride,
        into: output.values,
        accumulates: index > 0
      )
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    if input == mixed.count {
      gateGradient(end)
      return
    }
    let factors = gate.values
    unsafe kernels.scaleRows(
      output.gradient,
      by: factors.start + input,
      stride: factors.stride,
      into: mixed[input].gradient,
      accumulates: end == .more
    )
    mixed[input].finish(end, kernels)
  }

  private func gateGradient(_ end: GradientEnd) {
    precondition(end != .more, "a gate has one reader")
    let target = gate.gradient
    for index in mixed.indices {
      unsafe kernels.rowProducts(
        mixed[index].values,
        output.gradient,
        into: target.start + index,
        stride: target.stride
      )
    }
    gate.finish(end, kernels)
  }
}
