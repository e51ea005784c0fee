package import Kernels

/// Thrown where runs of one comparison would be computed by instruction sets that round differently.
package struct KernelMismatch: Error, Hashable, CustomStringConvertible {
  /// The set that stored runs were computed with.
  package let stored: String
  /// The set of this process.
  package let current: InstructionSet

  package var description: String {
    "the database holds runs of this suite computed with \(stored) kernels, which round otherwise than "
      + "\(current.rawValue): numbers of the two must not be compared; go on with --kernels \(stored), "
      + "or give another database with --db"
  }

  /// - Throws: `KernelMismatch` unless both sets give the same bits.
  static func refuse(
    _ stored: String,
    beside current: InstructionSet
  ) throws(KernelMismatch) {
    guard let set = InstructionSet(rawValue: stored), set.hasBits(of: current) else {
      throw KernelMismatch(stored: stored, current: current)
    }
  }
}
