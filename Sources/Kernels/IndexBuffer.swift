/// Storage of whole numbers of 32 bits, aligned to 64 bytes, zero at first, freed with the object.
///
/// Sendable, since whoever shares one writes to it from one thread at a time.
@safe
package final class IndexBuffer: @unchecked Sendable {
  package let count: Int
  /// The first of the numbers, valid as long as this object is.
  package let start: UnsafeMutablePointer<Int32>

  package init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) numbers")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Int32>.stride,
      alignment: 64
    )
    unsafe start = bytes.bindMemory(to: Int32.self, capacity: max(count, 1))
    unsafe start.initialize(repeating: 0, count: count)
  }

  /// Bytes of the numbers.
  package var byteCount: Int { count * MemoryLayout<Int32>.stride }

  deinit {
    unsafe UnsafeMutableRawPointer(start).deallocate()
  }
}
