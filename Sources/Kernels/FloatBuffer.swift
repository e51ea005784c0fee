/// The next multiple of 16 floats, to which rows are padded.
package func paddedCount(_ count: Int) -> Int {
  (count + 15) & ~15
}

/// Float storage, aligned to 64 bytes, zero at first, freed with the object.
///
/// Sendable, since whoever shares one writes to it from one thread at a time.
@safe
package final class FloatBuffer: @unchecked Sendable {
  package let count: Int
  /// The first of the floats, valid as long as this object is.
  package let start: UnsafeMutablePointer<Float>

  package init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) floats")
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride,
      alignment: 64
    )
    unsafe start = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    unsafe start.initialize(repeating: 0, count: count)
  }

  /// Bytes of the floats.
  package var byteCount: Int { count * MemoryLayout<Float>.stride }

  deinit {
    unsafe UnsafeMutableRawPointer(start).deallocate()
  }
}
