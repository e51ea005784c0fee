import Kernels
import Testing

@Suite("Storage and instruction sets")
struct MatrixTests {
  @Test("rows are padded to 16 floats, aligned, and 0 at first")
  func storage() {
    let matrix = Matrix(rows: 3, columns: 17)
    #expect(matrix.stride == 32 && matrix.buffer.count == 96)
    #expect(UInt(bitPattern: matrix.buffer.start) % 64 == 0)
    #expect((0..<96).allSatisfy { matrix.buffer.start[$0] == 0 })
    #expect([0, 1, 16, 17].map(paddedCount) == [0, 16, 16, 32])
  }

  @Test("views show the same elements")
  func views() {
    let matrix = Matrix(rows: 4, columns: 5)
    matrix[2, 3] = 7
    let part = matrix.view.rows(1..<3).columns(2..<5)
    #expect(part.rows == 2 && part.columns == 3 && part.stride == 16)
    #expect(part.start[1 * part.stride + 1] == 7)
  }

  @Test("an element outside of a matrix ends the process")
  func outside() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 3)[0, 3] }
  }

  @Test("a slice outside of a view ends the process")
  func sliceOutside() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 3).view.columns(1..<4)
    }
  }

  @Test("the best set is supported, and the baseline always is")
  func instructionSets() {
    #expect(InstructionSet.supported.first == .baseline)
    #expect(InstructionSet.supported.last == InstructionSet.best)
    #expect(KernelTable.best.instructionSet == .best)
  }

  @Test("denormal numbers are taken as 0 while asked for")
  func flushToZero() {
    func half() -> Float {
      let x = Matrix(rows: 1, columns: 1)
      x[0, 0] = 0x1p-126
      KernelTable.best.scale(x.view, by: 0.5)
      return x[0, 0]
    }
    let before = DenormalMode.flushToZero()
    let flushed = half()
    before.restore()
    #expect(flushed == 0)
    #expect(half() == 0x1p-127)
  }
}
