internal import Kernels

/// Draws batches without replacement: a fresh permutation of the rows for every epoch, cut into
/// whole batches; the rows left over wait for the next epoch's permutation.
@safe struct BatchSampler: ~Copyable {
  let batchRows: Int
  private(set) var epoch = -1
  private var permutation: [Int32]
  private var cursor: Int
  private var stream: RandomStream
  private let indices: UnsafeMutableBufferPointer<Int32>

  /// - Parameters:
  ///   - rowCount: Rows of the data.
  ///   - batchRows: Rows of a batch, at most `rowCount`.
  ///   - stream: Where the permutations come from.
  init(rowCount: Int, batchRows: Int, stream: RandomStream) {
    precondition(batchRows >= 1 && batchRows <= rowCount, "\(batchRows) of \(rowCount) rows")
    self.batchRows = batchRows
    self.stream = stream
    permutation = (0..<rowCount).map { Int32($0) }
    cursor = rowCount
    unsafe indices = UnsafeMutableBufferPointer.allocate(capacity: rowCount)
  }

  deinit {
    unsafe indices.deallocate()
  }

  /// Whether the batch that was drawn last is the last one of its epoch.
  var endsEpoch: Bool { cursor + batchRows > permutation.count }

  /// Moves to the next batch.
  ///
  /// - Returns: Its row numbers, and those of the batch after it in the same epoch, for prefetching.
  mutating func advance() -> (rows: UnsafePointer<Int32>, next: UnsafePointer<Int32>?) {
    if cursor + batchRows > permutation.count {
      stream.shuffle(&permutation)
      for index in permutation.indices { unsafe indices[index] = permutation[index] }
      cursor = 0
      epoch += 1
    }
    let start = unsafe indices.baseAddress.unsafelyUnwrapped + cursor
    cursor += batchRows
    let next = unsafe endsEpoch ? nil : UnsafePointer(start + batchRows)
    return unsafe (UnsafePointer(start), next)
  }
}
