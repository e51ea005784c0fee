internal import Kernels
internal import Weighting

/// Row numbers of the batches that one step may read, each as long as the network's batch.
@safe package struct StepBatches {
  /// The batch of the update.
  package var main: UnsafePointer<Int32>
  /// The batch of the next step where it is known already, for prefetching.
  package var next: UnsafePointer<Int32>?
  /// Two independent batches for methods that need `crossGramian`.
  package var first: UnsafePointer<Int32>?
  package var second: UnsafePointer<Int32>?
  /// The batch of the look-ahead losses for methods that need `lookAhead`.
  package var lookAhead: UnsafePointer<Int32>?

  package init(main: UnsafePointer<Int32>) {
    unsafe self.main = unsafe main
  }
}

/// Batches beyond the step's own, for the few methods that ask for them, from streams of their own
/// so that the batch of the update stays that of every other method.
struct ExtraSamplers: ~Copyable {
  private var first: BatchSampler
  private var second: BatchSampler
  private var lookAhead: BatchSampler

  init(_ plan: BatchPlan, seed: UInt64) {
    first = BatchSampler(plan, seed: seed, purpose: .extraBatches)
    second = BatchSampler(plan, seed: seed, purpose: .extraBatches, index: 1)
    lookAhead = BatchSampler(plan, seed: seed, purpose: .validationBatches)
  }

  mutating func fill(_ batches: inout StepBatches, for needs: StepNeeds) {
    if needs.contains(.crossGramian) {
      unsafe batches.first = unsafe first.advance().rows
      unsafe batches.second = unsafe second.advance().rows
    }
    if needs.contains(.lookAhead) {
      unsafe batches.lookAhead = unsafe lookAhead.advance().rows
    }
  }
}
