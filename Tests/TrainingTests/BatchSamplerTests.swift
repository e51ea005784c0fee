import Kernels
import Testing

@testable import Training

@Suite("Batches")
struct BatchSamplerTests {
  private func drawn(rowCount: Int, batchRows: Int, batches: Int, seed: UInt64 = 1) -> [[Int32]] {
    let plan = BatchPlan(rowCount: rowCount, batchRows: batchRows)
    var sampler = BatchSampler(plan, seed: seed, purpose: .batches)
    return (0..<batches).map { _ in
      let rows = sampler.advance().rows
      return (0..<batchRows).map { rows[$0] }
    }
  }

  @Test("each row is drawn once an epoch, but those left over", arguments: [1, 4, 5, 23])
  func onceAnEpoch(_ batchRows: Int) {
    let epochSteps = 23 / batchRows
    let batches = drawn(rowCount: 23, batchRows: batchRows, batches: 3 * epochSteps)
    var epochs: Set<[Int32]> = []
    for epoch in 0..<3 {
      let rows = batches[epoch * epochSteps..<(epoch + 1) * epochSteps].flatMap { $0 }
      #expect(Set(rows).count == epochSteps * batchRows)
      #expect(rows.allSatisfy { (0..<23).contains($0) })
      epochs.insert(rows)
    }
    #expect(epochs.count == 3)
  }

  @Test("the same seed draws the same batches, another one others")
  func repeatable() {
    let first = drawn(rowCount: 50, batchRows: 8, batches: 30)
    #expect(first == drawn(rowCount: 50, batchRows: 8, batches: 30))
    #expect(first != drawn(rowCount: 50, batchRows: 8, batches: 30, seed: 2))
  }

  @Test("the batch to prefetch is the next one, and none at the end of an epoch")
  func next() {
    let plan = BatchPlan(rowCount: 20, batchRows: 6)
    var sampler = BatchSampler(plan, seed: 1, purpose: .batches)
    var announced: UnsafePointer<Int32>?
    for step in 0..<9 {
      let (rows, next) = sampler.advance()
      let (endsEpoch, epoch) = (sampler.endsEpoch, sampler.epoch)
      #expect(announced == nil || announced == rows)
      #expect(endsEpoch == (step % 3 == 2))
      #expect(epoch == step / 3)
      #expect((next == nil) == endsEpoch)
      announced = next
    }
  }
}
