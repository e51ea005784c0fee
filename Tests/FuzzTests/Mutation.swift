import Foundation
import Kernels

/// Texts made from good ones by a few changes each, the same ones for the same seed and number.
struct Mutation {
  /// The seed of all inputs; `FUZZ_SEED` in the environment gives another one.
  static let seed: UInt64 =
    ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_261_128

  static let isEnabled = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

  /// What parsers trip over, beside single bytes.
  private static let tokens = [
    "\"", "'", ":", ": ", "- ", ",", "{", "}", "[", "]", "\n", "\r\n", "\t", "#", "&a", "*a",
    "!!str ",
    "<<: ", "---\n", "|\n", "\\", "\\u0061", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}",
    "é",
    "\u{F0000}", "🙂", "nan", "NaN", "inf", "-inf", "1e999", "-1e999", "1e308", "-1e308", "5e-324",
    "0",
    "-0", "-1", "0x10", "1_000", "1,5", "99999999999999999999", "9223372036854775807",
    "-9223372036854775808", "true", "null", "~", "a: 1\na: 2\n", "\"a\":1,\"a\":2", "''", "\"\"",
    ";",
    String(repeating: "[", count: 300), String(repeating: "{\"a\":", count: 300),
    String(repeating: "a", count: 3000), String(repeating: "-", count: 500),
  ]

  private var stream: RandomStream

  /// - Parameters:
  ///   - kind: Of inputs, so that every kind has its own.
  ///   - number: Of the input.
  init(kind: UInt64, number: Int) {
    stream = RandomStream(seed: Self.seed &+ kind, purpose: .data, index: UInt64(number))
  }

  /// One of some values.
  mutating func choice<Value>(_ values: [Value]) -> Value { values[stream.below(values.count)] }

  mutating func below(_ count: Int) -> Int { stream.below(count) }

  mutating func normal() -> Double { stream.normal() }

  /// A text with one to eight changes.
  mutating func change(_ texts: [String]) -> String {
    var bytes = Array(choice(texts).utf8)
    for _ in 0...below(8) { change(&bytes, texts) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func change(_ bytes: inout [UInt8], _ texts: [String]) {
    let start = below(bytes.count + 1)
    let end = min(bytes.count, start + below(12))
    switch below(7) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: below(bytes.count + 1))
    case 2: bytes.insert(contentsOf: Array(choice(Self.tokens).utf8), at: start)
    case 3: bytes.replaceSubrange(start..<end, with: Array(choice(Self.tokens).utf8))
    case 4: if start < bytes.count { bytes[start] = UInt8(below(256)) }
    case 5: bytes.removeSubrange(start...)
    default:
      let other = Array(choice(texts).utf8)
      let from = below(other.count + 1)
      bytes.replaceSubrange(start..<end, with: other[from...].prefix(below(40)))
    }
  }

  /// A number of any size, mostly plain.
  mutating func number() -> Double {
    switch below(12) {
    case 0: 0
    case 1: choice([1e308, -1e308, .leastNonzeroMagnitude, 1e154, -1e154, 1e-154, 1e16, -0.0])
    case 2: Double(below(5)) - 2
    case 3: normal() * Portable.pow(10, Double(below(41)) - 20)
    default: normal()
    }
  }
}

/// Tells the seed, gives every input in turn, and expects that none takes long.
///
/// A trap ends the process: the last line names the inputs that were done before it.
func fuzz(
  _ name: String,
  count: Int,
  kind: UInt64,
  _ body: (inout Mutation, Int) throws -> Void
) throws -> Duration {
  let step = 1000
  print("fuzz \(name): FUZZ_SEED=\(Mutation.seed)")
  var longest = Duration.zero
  for number in 0..<count {
    if number % step == 0 {
      print("fuzz \(name): \(number) inputs")
      fflush(nil)
    }
    var mutation = Mutation(kind: kind, number: number)
    let start = ContinuousClock.now
    try body(&mutation, number)
    longest = max(longest, ContinuousClock.now - start)
  }
  return longest
}
