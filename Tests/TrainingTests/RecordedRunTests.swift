import Kernels
import Problems
import Testing
import Training

@Suite("Recorded runs")
struct RecordedRunTests {
  private static let recorded:
    [(method: String, optimizer: String, hash: String, losses: [Double])] =
      [
        (
          "equal", "adam", "bfd3e3a1d5840124",
          [1.2627525702118874, 1.1210039605696995, 0.3622688688337803]
        ),
        (
          "uw", "adamw", "03c8020a0c36db7b",
          [1.3021468420823414, 1.1217836737632751, 0.3585679419338703]
        ),
        (
          "gradnorm", "adam", "ec796f1cb7ca47eb",
          [1.4914339209596317, 1.062409147620201, 0.38993193333347637]
        ),
        (
          "pcgrad", "adam", "0e5cb12b57396561",
          [1.2918899754683177, 1.103869413336118, 0.36432383581995964]
        ),
        (
          "cagrad", "sgd", "1cf6947bd1fd97b3",
          [2.6718231588602066, 1.0803341766198475, 0.6796074112256368]
        ),
        (
          "upgrad", "adam", "86820a53cb2b7c42",
          [1.2921055853366852, 1.1043697446584702, 0.3637351654469967]
        ),
        (
          "famo", "adam", "cad045a85f6ec8be",
          [1.4451557112236817, 1.0672853539387386, 0.36034883248309296]
        ),
      ]

  /// An accidental change anywhere in batches, starting values, passes, losses, methods or
  /// optimizers shows here; a wanted one raises `RunSpec.numericsVersion` and these numbers.
  @Test("a short run's last validation losses and parameters", arguments: recorded.indices)
  func lastLosses(_ index: Int) throws {
    let (method, optimizer, hash, losses) = Self.recorded[index]
    let run = SampleRun(method: "name: \(method)", training: ["optimizer": optimizer])
    for set in InstructionSet.supported {
      let outcome = try run.run(kernels: KernelTable(set))
      let last = outcome.losses(.validation).suffix(3)
      if fusedSets.contains(set) {
        #expect(outcome.parameterHash == hash, "\(method)")
        #expect(Array(last) == losses, "\(method)")
      } else {
        // Without fused multiply-adds every product rounds twice; 40 small steps amplify little.
        #expect(zip(last, losses).allSatisfy { abs($0 - $1) < 1e-3 }, "\(method)")
      }
    }
  }
}
