import Kernels
import Store
import Testing

@testable import Harness

@Suite("Instruction sets in one comparison")
struct KernelMismatchTests {
  private let folder: TemporaryFolder
  private let store: ResultStore

  init() throws {
    folder = try TemporaryFolder()
    store = try makeStore(in: folder)
  }

  @Test(
    "runs that round otherwise are refused before anything is trained",
    .enabled(if: InstructionSet.supported.contains(.avx2))
  )
  func baselineBesideFused() async throws {
    try await run(suite(), into: store, kernels: KernelTable(.baseline))
    let stored = try contents(of: store)
    let expected = """
      the database holds runs of this suite computed with baseline kernels, which round otherwise \
      than avx2: numbers of the two must not be compared; go on with --kernels baseline, or give \
      another database with --db
      """
    let wider = try suite(replacing: "pcgrad]", with: "pcgrad, rlw]")
    await #expect {
      try await run(wider, into: store, kernels: KernelTable(.avx2))
    } throws: {
      "\($0)" == expected
    }
    #expect(try contents(of: store) == stored)
    // With the set of the stored runs the same suite goes on.
    try await run(wider, into: store, kernels: KernelTable(.baseline))
    #expect(try contents(of: store).count > stored.count)
  }

  @Test(
    "sets with a fused multiply-add give the same bits and may meet",
    .enabled(if: InstructionSet.supported.contains(.avx512))
  )
  func fused() async throws {
    try await run(suite(), into: store, kernels: KernelTable(.avx2))
    let stored = try contents(of: store)
    try await run(suite(), into: store, kernels: KernelTable(.avx512))
    #expect(try contents(of: store) == stored)
  }
}
