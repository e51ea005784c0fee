internal import Kernels
internal import Networks
internal import Weighting

extension Trainer {
  /// Bytes of the buffers that training takes.
  ///
  /// Counted are parameters, their gradient and the optimizer's moments; the batch, the activations
  /// and their gradients; task gradients where the method asks for them; and the method's own state.
  /// Not counted is what is the same for every method and no part of a step: the data, the kept
  /// checkpoint, evaluation, and the task gradients that only diagnostics ask for. The count depends on
  /// nothing but the spec.
  package var bufferBytes: Int {
    var bytes = network.bufferBytes + firstMoment.byteCount + secondMoment.byteCount
    bytes += floatWeights.byteCount + rateFactors.byteCount
    bytes += taskNumbers * MemoryLayout<Double>.stride
    bytes += ArrayBytes.of(method.rule)
    bytes += space.byteCountBesideRows
    if !method.rule.needs.isDisjoint(with: .usingRows) { bytes += rows.buffer.byteCount }
    return bytes
  }

  /// Numbers that the arrays in `statistics`, `weights` and `lossesAfter` hold.
  ///
  /// Counted by name: looking through them as through a method takes longer than a short evaluation.
  private var taskNumbers: Int {
    let offered = [
      statistics.losses, statistics.gradientNorms, statistics.gramian, statistics.groupGramians,
      statistics.crossGramian, statistics.lookAheadSlopes,
    ]
    let answered = [weights.shared, weights.heads, weights.groupShared, lossesAfter]
    return (offered + answered).reduce(0) { $0 + $1.count }
  }
}
