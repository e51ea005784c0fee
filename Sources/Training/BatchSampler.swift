internal import Kernels

/// Draws the batches of a plan without replacement: every block goes through a permutation of its rows,
/// cut into whole parts; where too few rows are left for another, they wait for the next permutation.
///
/// Every block has a stream of its own.
@safe struct BatchSampler: ~Copyable {
  /// A block on its way through its rows.
  private struct Block {
    let count: Int
    var permutation: [Int32]
    var cursor: Int
    var stream: RandomStream

    /// Writes the rows of the next batch.
    mutating func draw(into target: UnsafeMutablePointer<Int32>) {
      if cursor + count > permutation.count {
        stream.shuffle(&permutation)
        cursor = 0
      }
      for place in 0..<count { unsafe target[place] = permutation[cursor + place] }
      cursor += count
    }
  }

  /// Random streams of one purpose that a run may ask for.
  private static let streamsEach: UInt64 = 2

  private(set) var epoch = -1
  private let batchRows: Int
  private var blocks: [Block]
  private var cursor: Int
  /// The batches of one epoch, one after the other.
  private let indices: UnsafeMutableBufferPointer<Int32>

  /// - Parameters:
  ///   - plan: What the batches are made of.
  ///   - seed: The run's seed.
  ///   - purpose: What the batches are for.
  ///   - index: Tells samplers of one purpose apart, 0 or 1.
  init(
    _ plan: BatchPlan,
    seed: UInt64,
    purpose: RandomStream.Purpose,
    index: UInt64 = 0
  ) {
    batchRows = plan.batchRows
    blocks = plan.blocks.map { block in
      Block(
        count: block.count,
        permutation: block.rows.map { Int32($0) },
        cursor: block.rows.count,
        stream: RandomStream(
          seed: seed,
          purpose: purpose,
          index: Self.streamsEach * block.stream + index
        )
      )
    }
    cursor = plan.epochSteps * plan.batchRows
    unsafe indices = UnsafeMutableBufferPointer.allocate(capacity: cursor)
  }

  deinit {
    unsafe indices.deallocate()
  }

  /// Whether the batch that was drawn last is the last one of its epoch.
  var endsEpoch: Bool { unsafe cursor == indices.count }

  /// Moves to the next batch.
  ///
  /// - Returns: Its row numbers, block after block, and those of the batch after it in the same epoch,
  ///   for prefetching.
  mutating func advance() -> (rows: UnsafePointer<Int32>, next: UnsafePointer<Int32>?) {
    if endsEpoch { drawEpoch() }
    let start = unsafe indices.baseAddress.unsafelyUnwrapped + cursor
    cursor += batchRows
    let next = unsafe endsEpoch ? nil : UnsafePointer(start + batchRows)
    return unsafe (UnsafePointer(start), next)
  }

  private mutating func drawEpoch() {
    var target = unsafe indices.baseAddress.unsafelyUnwrapped
    let end = unsafe target + indices.count
    while unsafe target < end {
      for block in blocks.indices {
        unsafe blocks[block].draw(into: target)
        unsafe target += blocks[block].count
      }
    }
    cursor = 0
    epoch += 1
  }
}
