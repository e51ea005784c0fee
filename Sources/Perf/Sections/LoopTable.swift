/// How fast the elementwise loops are, in cache and from memory.
enum LoopTable: Section {
  static let name = "loops"
  static let heading = "Elementwise loops"
  /// What fits the second-level cache of any processor of today.
  private static let cacheBytes = 192 << 10

  static func text(_ session: Session) -> String {
    let header = [
      "loop", "ns per element, in cache", "GB/s", "% of copy", "ns per element, from memory",
      "GB/s",
      "% of copy",
    ]
    var table = MarkdownRows(header)
    var copyRates: [Double] = []
    for make in Loop.all {
      var row: [String] = []
      var rates: [Double] = []
      for (place, bytes) in [
        ("cache", cacheBytes), ("memory", session.effort.memoryBytes),
      ] {
        let loop = make(bytes)
        let seconds = bestSeconds(within: session.seconds(0.2), loop.call)
        let nanoseconds = 1e9 * seconds / Double(loop.elementCount)
        let rate = Double(loop.byteCount) / seconds
        session.record(
          "elementwise loop",
          work: place,
          method: loop.name,
          [nanoseconds],
          unit: "ns per element"
        )
        if row.isEmpty { row.append(loop.name) }
        rates.append(rate)
        if copyRates.count < rates.count { copyRates.append(rate) }
        row += [
          fixed(nanoseconds, 3), fixed(rate * 1e-9, 1),
          fixed(100 * rate / copyRates[rates.count - 1]),
        ]
      }
      table.append(row)
    }
    return """
      Over \(cacheBytes >> 10) KiB, which stay in the second-level cache, and over
      \(session.effort.memoryBytes >> 20) MiB. GB/s count what is read and written, padding included;
      the copy is the C library's and reads as much as it writes. A loop that computes much for each
      element is bound by that and not by memory: the exponential shows what one costs.

      \(table.text)
      """
  }
}
