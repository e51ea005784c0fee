internal import CKernels

/// The processor instructions which the loops use.
package enum InstructionSet: String, CaseIterable, Sendable {
  /// Those every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  case baseline
  /// AVX2 with a fused multiply-add.
  case avx2
  /// AVX-512 (F, VL, DQ, BW). Its results are those of `avx2`, bit for bit.
  case avx512

  /// The sets this processor has, slowest first.
  package static let supported: [InstructionSet] = allCases.filter { unsafe $0.functions != nil }

  /// The fastest set this processor has.
  package static let best: InstructionSet = supported.last ?? .baseline

  /// Whether both sets give the same bits: every one does with itself, and all that have a fused
  /// multiply-add do with each other.
  package func hasBits(of other: InstructionSet) -> Bool {
    self == other || (self != .baseline && other != .baseline)
  }

  /// The loops compiled for this set, nil where the processor lacks it.
  var functions: UnsafePointer<KernelFunctions>? {
    switch self {
    case .baseline: unsafe baseline_kernels()
    case .avx2: unsafe avx2_kernels()
    case .avx512: unsafe avx512_kernels()
    }
  }
}

/// How the calling thread treats denormal numbers.
///
/// Late in training, the moments of dead units decay into denormal numbers, which processors handle
/// up to a hundred times slower.
package struct DenormalMode: Sendable {
  private let control: UInt64

  /// Makes the calling thread take denormal numbers as zero.
  ///
  /// - Returns: How it treated them before.
  package static func flushToZero() -> DenormalMode {
    DenormalMode(control: set_flush_to_zero())
  }

  /// Gives the calling thread this mode back.
  package func restore() {
    restore_float_control(control)
  }
}
