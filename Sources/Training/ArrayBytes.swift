/// How much of memory the arrays in a value take.
///
/// A weighting method keeps its state in arrays of its own and of its solvers. Counting what they
/// hold, whatever their names, covers every method without its author's help.
enum ArrayBytes {
  /// Bytes of the elements of all arrays of numbers and flags stored in a value, in the values in it
  /// and so on; objects are not looked into.
  static func of(_ value: Any) -> Int {
    if let numbers = value as? [Double] { return numbers.count * MemoryLayout<Double>.stride }
    if let numbers = value as? [Float] { return numbers.count * MemoryLayout<Float>.stride }
    if let numbers = value as? [Int] { return numbers.count * MemoryLayout<Int>.stride }
    if let flags = value as? [Bool] { return flags.count * MemoryLayout<Bool>.stride }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle != .class else { return 0 }
    return mirror.children.reduce(0) { $0 + of($1.value) }
  }
}
