internal import Kernels

/// A term of the objective that belongs to no task: it is in no loss and never weighted.
///
/// It reaches own parameters only, so that no task gradient at the shared ones knows of it.
protocol Penalty: AnyObject {
  /// Bytes of its buffers.
  var byteCount: Int { get }
  /// Its value at the parameters as they are and, where it depends on one, on the last batch.
  func value() -> Double
  /// Adds its gradient to the network's, after a step's last backward pass.
  func addGradient()
}

/// What a penalty may read and write of a network.
struct PenaltySpace {
  let tensors: [NamedTensor]
  let parameters: FloatBuffer
  let gradient: FloatBuffer
  let kernels: KernelTable
  /// Layers by path, with their part of the flat vectors.
  let layers: [String: (layer: any Layer, range: Range<Int>)]
}
