internal import CKernels

/// The loops of a training step for one instruction set: the only door to the C kernels.
///
/// Shapes are checked at the door, storage is not: a view has to lie inside its buffer. Nothing
/// allocates. Exactly the elements of a view are read and written, except where `multiply` and
/// `columnSums` say otherwise. Results do not depend on the number of threads or on the build, and
/// are the same bits for all sets with a fused multiply-add (all but `baseline` on x86-64).
@safe
package struct KernelTable: @unchecked Sendable {
  package let instructionSet: InstructionSet
  let functions: UnsafePointer<KernelFunctions>

  /// The loops for `set`, which this processor must have.
  package init(_ set: InstructionSet) {
    guard let functions = unsafe set.functions else {
      preconditionFailure("this processor lacks \(set.rawValue)")
    }
    instructionSet = set
    unsafe self.functions = functions
  }

  /// The loops for the fastest instruction set of this processor.
  package static let best = KernelTable(.best)
}
