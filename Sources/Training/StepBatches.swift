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
