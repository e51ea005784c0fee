internal import Dispatch
internal import Synchronization

/// Independent work on all processors.
package enum InParallel {
  /// What `make` makes of each index below `count`, in the order of the indices.
  package static func map<Value: Sendable>(
    _ count: Int,
    _ make: @Sendable (Int) -> Value
  ) -> [Value] {
    let made = Mutex([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = make(index)
      made.withLock { $0[index] = value }
    }
    return made.withLock { $0.compactMap { $0 } }
  }
}
