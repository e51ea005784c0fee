import Kernels
import Problems
import Settings
import Testing

@Suite("Images in MNIST's format")
struct IDXTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(idxBytes([20, 2, 2], (0..<80).map { UInt8($0 * 3) }), to: "images")
    try folder.write(idxBytes([20], (0..<20).map { UInt8($0 % 3) }), to: "labels")
    try folder.write(idxBytes([20], (0..<20).map { UInt8($0 / 10) }), to: "halves")
  }

  private func problem(_ text: String) throws -> any Problem {
    try makeProblem("idx", text, folder: folder.path)
  }

  @Test("pixels are standardised by one mean and deviation of the training rows, labels kept")
  func data() throws {
    let problem = try problem(
      "images: images\nlabels: [{name: third, file: labels}, {name: half, file: halves}]"
    )
    let data = try problem.makeData(seed: 1)
    #expect(data.inputForm == .image(channels: 1, height: 2, width: 2))
    #expect(data.tasks.map { $0.kind } == [.multiclass(classes: 3), .binary])
    #expect([data.train, data.validation, data.test].map { $0.rowCount } == [12, 4, 4])
    let pixels = (0..<4).flatMap { data.train.inputs.column($0) }.map { Double($0) }
    let mean = pixels.reduce(0, +) / 48
    #expect(abs(mean) < 1e-6)
    #expect(abs(pixels.reduce(0) { $0 + $1 * $1 } / 48 - 1) < 1e-6)
    // Neighbours differ by 3 everywhere, and rows by 12: an image says which one it was.
    let step = data.train.inputs[0, 1] - data.train.inputs[0, 0]
    let smallest = SplitPart.allCases.flatMap { data[$0].inputs.column(0) }.min() ?? 0
    for part in SplitPart.allCases {
      for row in 0..<data[part].rowCount {
        let image = Int(((data[part].inputs[row, 0] - smallest) / step / 4).rounded())
        #expect(data[part].targets[row, 0] == Float(image % 3))
        #expect(data[part].targets[row, 1] == Float(image / 10))
      }
    }
    #expect(Set(problem.provenance.keys) == ["images", "labels.third", "labels.half"])
  }

  @Test("files packed by gzip are unpacked, damaged ones refused")
  func packed() throws {
    // Header, one block without compression, checksum and length.
    func packed(_ checksum: [UInt8]) -> [UInt8] {
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 10, 0, 0xF5, 0xFF] + idxBytes([2], [1, 0])
        + checksum + [10, 0, 0, 0]
    }
    try folder.write(packed([0x58, 0x9D, 0x87, 0x8C]), to: "packed")
    try folder.write(packed([0, 0, 0, 0]), to: "damaged")
    let error = #expect(throws: SettingsError.self) { try self.problem("images: packed") }
    #expect("\(try #require(error))".contains("'packed' has the sizes [2]"))
    #expect(throws: CSVError.file(folder.path + "/damaged", .damagedPacking)) {
      try self.problem("images: damaged")
    }
  }

  @Test(
    "what is wrong is said at the key",
    arguments: [
      (
        "images: text\nlabels: []",
        "1:9: images: 'text': no IDX file, which begins with two zero bytes"
      ),
      (
        "images: short\nlabels: []",
        "1:9: images: 'short': 3 numbers where its sizes [2, 2] make 4; is it cut off?"
      ),
      (
        "images: labels\nlabels: []",
        "1:9: images: 'labels' has the sizes [20], expected those of images: [n, height, width]"
      ),
      (
        "images: images\nlabels: [{name: a, file: few}]",
        "2:26: labels[0].file: 'few' has the sizes [3], expected a label for each of 20 images"
      ),
      (
        "images: images\nlabels: [{name: a, file: labels}, {name: a, file: halves}]",
        "2:42: labels[1].name: two tasks are called 'a'"
      ),
      (
        "images: images",
        "1:1: labels: expected a list of tables such as {name: digit, file: labels-idx1-ubyte.gz}"
      ),
    ]
  )
  func errors(_ text: String, _ expected: String) throws {
    try folder.write("text", to: "text")
    try folder.write(idxBytes([2, 2], [1, 2, 3]), to: "short")
    try folder.write(idxBytes([3], [0, 1, 0]), to: "few")
    do {
      _ = try problem(text)
      Issue.record("no error")
    } catch {
      #expect(folder.localized("\(error)") == "suite.yaml:" + expected)
    }
  }
}
