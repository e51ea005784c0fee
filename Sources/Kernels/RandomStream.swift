/// Random numbers of one purpose in one run: xoshiro256** (Blackman and Vigna, 2018), seeded by
/// SplitMix64 from the run's seed, the purpose and an index.
///
/// The standard library's shuffles and ranges may change with the compiler; these may not.
package struct RandomStream: Sendable {
  /// What the numbers are for.
  ///
  /// Each purpose has a stream of its own, so that one more draw for one of them changes nothing
  /// for the others. The raw values are part of every stored number.
  package enum Purpose: UInt64, Sendable {
    case data = 1
    case split
    case initialization
    case batches
    case weighting
    case validationBatches
    case extraBatches
    case statistics
    case mechanism
    case search = 32
    case network
  }

  private var state: (UInt64, UInt64, UInt64, UInt64)
  /// The second of the two normal numbers that are made at once.
  private var spareNormal: Double?

  package init(seed: UInt64, purpose: Purpose, index: UInt64 = 0) {
    var mixer = SplitMix64(state: seed)
    mixer = SplitMix64(state: mixer.next() ^ purpose.rawValue)
    mixer = SplitMix64(state: mixer.next() ^ index)
    self.init(state: (mixer.next(), mixer.next(), mixer.next(), mixer.next()))
  }

  /// A stream that goes on from a state of the generator, which is not all zero.
  package init(state: (UInt64, UInt64, UInt64, UInt64)) {
    self.state = state
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  /// A number uniform in [0, 1), a multiple of 2⁻⁵³.
  package mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number uniform in (0, 1), an odd multiple of 2⁻⁵³.
  package mutating func openUniform() -> Double {
    Double(next() >> 12) * 0x1p-52 + 0x1p-53
  }

  /// A standard normal number, by Marsaglia's polar method.
  package mutating func normal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * Portable.log(square) / square).squareRoot()
      spareNormal = y * factor
      return x * factor
    }
  }

  /// A whole number in 0 ..< n, all equally likely (Lemire, 2019).
  package mutating func below(_ n: Int) -> Int {
    precondition(n > 0)
    let bound = UInt64(n)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let uneven = (0 &- bound) % bound
      while product.low < uneven { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Puts the elements into a random order, all orders equally likely (Fisher and Yates).
  package mutating func shuffle(_ elements: inout [Int32]) {
    var last = elements.count - 1
    while last > 0 {
      elements.swapAt(last, below(last + 1))
      last -= 1
    }
  }
}

private func rotated(_ x: UInt64, by bits: UInt64) -> UInt64 {
  x << bits | x >> (64 - bits)
}

/// The generator that spreads a seed over 64 bits (Steele, Lea and Flood, 2014).
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
