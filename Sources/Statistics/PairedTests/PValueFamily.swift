/// The defined p-values of a list, ascending, equal ones in the given order.
struct PValueFamily {
  let ascending: [(index: Int, p: Double)]

  init(_ values: [Double?]) {
    var defined: [(index: Int, p: Double)] = []
    for (index, value) in values.enumerated() {
      if let value, !value.isNaN { defined.append((index, value)) }
    }
    ascending = defined.sorted { $0.p == $1.p ? $0.index < $1.index : $0.p < $1.p }
  }
}
