/// The different texts of a column, each kept once and counted, found by their bytes.
struct TextTally {
  /// One text.
  struct Entry {
    let cell: CSVFile.Cell
    /// Row that has it first.
    let row: Int
    /// Rows that have it.
    var count = 1
  }

  private(set) var entries: [Entry] = []
  /// Rows whose text came after the limit was reached.
  private(set) var uncounted = 0

  private let limit: Int
  /// Places in `entries`, -1 where free; twice the room that the entries need, a power of two.
  private var slots = Array(repeating: Int32(-1), count: 16)

  /// - Parameter limit: different texts that are kept; later ones are not told apart.
  init(limit: Int) { self.limit = limit }

  /// Counts a cell's text.
  ///
  /// - Returns: its place in `entries`; nil for a new one beyond the limit.
  mutating func add(_ cell: CSVFile.Cell, of bytes: Span<UInt8>, row: Int) -> Int? {
    var slot = TextTally.hash(cell, of: bytes) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if TextTally.isEqual(entries[place].cell, cell, of: bytes) {
        entries[place].count += 1
        return place
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    if entries.count == limit {
      uncounted += 1
      return nil
    }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(cell: cell, row: row))
    if entries.count * 2 > slots.count { grow(bytes) }
    return entries.count - 1
  }

  private mutating func grow(_ bytes: Span<UInt8>) {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (place, entry) in entries.enumerated() {
      var slot = TextTally.hash(entry.cell, of: bytes) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// FNV-1a, its high bits folded into the low ones; never part of a result.
  private static func hash(_ cell: CSVFile.Cell, of bytes: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for place in Int(cell.start)..<cell.end {
      hash = (hash ^ UInt64(bytes[place])) &* 0x0000_0100_0000_01b3
    }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  private static func isEqual(
    _ a: CSVFile.Cell,
    _ b: CSVFile.Cell,
    of bytes: Span<UInt8>
  ) -> Bool {
    let length = a.length
    if b.length != length || a.hasDoubledQuotes != b.hasDoubledQuotes { return false }
    for offset in 0..<length where bytes[Int(a.start) + offset] != bytes[Int(b.start) + offset] {
      return false
    }
    return true
  }
}
