internal import Kernels

/// A layer of a network: a function of one or more edges to one edge, with parameters or without.
///
/// It gets its edges when it is made and never allocates afterwards. After one `forward` the
/// gradients may be asked for several times, each time with other contents of `output.gradient`:
/// that is how every task's gradient passes through it. All positions are the start of the layer's
/// own part of a flat vector.
protocol Layer: AnyObject {
  /// Bytes of the buffers beside its edges.
  var scratchBytes: Int { get }
  func forward(_ parameters: UnsafeMutablePointer<Float>)
  /// Takes what `inputGradient` needs from the parameters, once a step.
  func prepare(_ parameters: UnsafeMutablePointer<Float>)
  /// Overwrites the layer's part of a gradient, from its outputs' gradient.
  func parameterGradient(into start: UnsafeMutablePointer<Float>)
  /// Writes the gradient at one of its inputs.
  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd)
}

extension Layer {
  var scratchBytes: Int { 0 }
  func prepare(_ parameters: UnsafeMutablePointer<Float>) {}
}

/// A layer whose outputs are dealt out to the tasks, computed together.
protocol SplitLayer: Layer {
  /// Writes the gradient at its input that one part of the outputs makes.
  func inputGradient(ofPart part: Int, _ end: GradientEnd)
}

/// A layer some of whose parameters are those of other layers too, one of each task.
protocol TiedLayer: Layer {
  /// Floats from the layer's own part of a flat vector to the tied part.
  var tiedOffset: Int { get set }
  /// Stores the gradient of the tied part, or adds it to what the others left.
  func tiedGradient(into start: UnsafeMutablePointer<Float>, isFirst: Bool)
}

/// A layer that keeps something of the batches it is trained on, for evaluation.
protocol StatefulLayer: Layer {
  /// Takes the last forward pass into account; called once for every training step.
  func keepStatistics()
}

/// What a layer is made of.
@safe struct LayerSpace {
  let inputs: [Edge]
  /// One, or the parts of `whole` in a split layer.
  let outputs: [Edge]
  /// All outputs side by side.
  let whole: Edge
  /// Whether the gradient at an input will ever be asked for.
  let passesBack: Bool
  /// Whether this is the network that is trained, not one that evaluates.
  let isTraining: Bool
  /// Its running state, common to training and evaluation.
  let state: UnsafeMutablePointer<Float>
  let kernels: KernelTable
}
