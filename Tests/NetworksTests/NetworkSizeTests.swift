import Kernels
import Networks
import Settings
import Testing

@Suite("How large a network is")
struct NetworkSizeTests {
  private static let inputCount = 7
  private static let outputCounts = [2, 3, 1]

  private func settings(_ text: String) throws -> NetworkSettings {
    var reader = SettingsReader(try YAMLReader.read(text, file: "test"))
    return try NetworkSettings(settings: &reader)
  }

  private func size(_ text: String) throws -> NetworkSize {
    try settings(text).size(input: .columns(Self.inputCount), outputCounts: Self.outputCounts)
  }

  /// Forward multiply-adds a row without the heads, for 3 tasks, 7 inputs and a trunk of 8 and 5:
  /// F = 7 · 8 + 8 · 5 = 96.
  ///
  /// Units cost K² Σ s = 9 · 13, gates of E experts K E (I + R) = 36 E.
  private static let counts: [(settings: String, forward: Int)] = [
    ("hard", 96),
    ("soft", 3 * 96),
    ("cross_stitch", 3 * 96 + 9 * 13),
    ("ltb", 3 * 96 + 9 * 13),
    ("mmoe, experts: 2", 2 * 96 + 3 * 2 * 12),
    ("cgc", 4 * 96 + 3 * 2 * 12),
    // Two levels: experts, gates of the tasks, and the shared gate of the first level.
    ("ple", 4 * 96 + 3 * 2 * (7 + 8) + 4 * (7 + 8) + 3 * 2 * (8 + 5)),
    // K [n (m + 1) I + n E m + E R] with n = 2, m = 2.
    ("dselect_k", 4 * 96 + 3 * (2 * 3 * 7 + 2 * 4 * 2 + 4 * 5)),
    ("dselect_k, routing: task", 4 * 96 + 3 * 4 * 5),
    // Masks of each stage, and a second run of the last one: f c h + h c with h = c.
    ("mtan", 96 + 3 * (2 * 64 + 40 + 50 + 25)),
    ("low_rank, rank: 2", 3 * (96 + 2 * (7 + 8 + 8 + 5))),
  ]

  @Test("forward multiply-adds are those of the schemes' formulas", arguments: counts.indices)
  func forward(_ index: Int) throws {
    let (name, forward) = Self.counts[index]
    let heads = 5 * Self.outputCounts.reduce(0, +)
    let size = try size("{sharing: \(name), trunk: [8, 5]}")
    #expect(size.forwardMultiplyAdds == forward + heads, "\(name)")
  }

  @Test("parameters are the entries of all tensors", arguments: SharingRegistry.names)
  func parameters(_ sharing: String) throws {
    let settings = try settings("{sharing: \(sharing), trunk: [8, 5], heads: [4]}")
    let network = settings.makeNetwork(
      NetworkShape(
        inputCount: Self.inputCount,
        outputCounts: Self.outputCounts,
        taskIndices: [0, 1, 2],
        batchRows: 4
      ),
      kernels: .best
    )
    let size = settings.size(input: .columns(Self.inputCount), outputCounts: Self.outputCounts)
    func count(_ tensors: [NamedTensor]) -> Int {
      tensors.reduce(0) { $0 + $1.inputCount * $1.outputCount }
    }
    #expect(size.parameters == count(network.tensors))
    let shared = network.tensors.filter { $0.offset < network.sharedCount }
    #expect(size.sharedParameters == count(shared))
  }

  /// Forward 7 · 8 + 8 · 5 + 5 · 6, the gradients of all parameters as much, and those at the inputs of
  /// all layers but the first.
  @Test("a step of hard sharing is three forward passes but for the first layer's input")
  func step() throws {
    let size = try size("{trunk: [8, 5]}")
    #expect(size.stepMultiplyAdds == 126 + 126 + 70)
  }

  @Test("a widened trunk has every width times the factor, at least 1")
  func widened() throws {
    var reader = SettingsReader(try YAMLReader.read("{trunk: [8, 5, 1]}", file: "test"))
    _ = try NetworkSettings(settings: &reader)
    func trunk(_ factor: Double) -> CanonicalTable.Value? {
      NetworkSettings.widened(reader.resolved, by: factor)["trunk"]
    }
    #expect(trunk(1.5) == .list([.count(12), .count(8), .count(2)]))
    #expect(trunk(0.1) == .list([.count(1), .count(1), .count(1)]))
    #expect(trunk(1) == reader.resolved["trunk"])
  }

  /// Of the network of MultiMNIST: 41,330 parameters on 36 x 36 pixels, 21,330 on 28 x 28; a row costs
  /// 10 · 25 · 32² + 20 · 250 · 12² + 720 · 50 multiply-adds on the former, before the heads.
  @Test("a convolution's size is that of the network it is named for")
  func convolution() throws {
    let settings = try settings("{trunk: conv}")
    for (side, parameters) in [(36, 41_330), (28, 21_330)] {
      let form = InputForm.image(channels: 1, height: side, width: side)
      let size = settings.size(input: form, outputCounts: [10, 10])
      #expect(size.parameters == parameters + 2 * 510)
      #expect(size.sharedParameters == parameters)
      if side == 36 { #expect(size.forwardMultiplyAdds == 256_000 + 720_000 + 36_000 + 1_000) }
    }
  }

  @Test("a transformer's products are those of its tokens")
  func transformer() throws {
    let size = try settings(
      "{trunk: {kind: transformer, width: 8, heads: 2, hidden: 12, layers: 3}}"
    )
    .size(input: .sequence(length: 5, width: 3), outputCounts: [4])
    let layer = 5 * (4 * 8 * 8 + 2 * 8 * 12) + 2 * 5 * 5 * 8
    #expect(size.forwardMultiplyAdds == 5 * 3 * 8 + 3 * layer + 8 * 4)
  }

  @Test("widths of other trunks grow alike, a token's in multiples of the heads")
  func widenedOthers() throws {
    func trunk(_ text: String, _ factor: Double) throws -> CanonicalTable.Value? {
      var reader = SettingsReader(try YAMLReader.read("{trunk: \(text)}", file: "test"))
      _ = try NetworkSettings(settings: &reader)
      return NetworkSettings.widened(reader.resolved, by: factor)["trunk"]
    }
    let conv = "channels: [4, 8], pool: 1"
    #expect(
      try trunk("{kind: conv, \(conv), dense: [10]}", 1.5)
        == trunk("{kind: conv, channels: [6, 12], pool: 1, dense: [15]}", 1)
    )
    #expect(
      try trunk("{kind: transformer, width: 12, heads: 4, hidden: 10}", 1.2)
        == trunk("{kind: transformer, width: 16, heads: 4, hidden: 12}", 1)
    )
  }
}
