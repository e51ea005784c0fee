/// How much of memory the arrays in a value take.
///
/// A weighting method keeps its state in arrays of its own and of its solvers. Counting what they
/// hold, whatever their names, covers every method without its author's help.
enum ArrayBytes {
  /// Bytes of the elements of all arrays of numbers and flags stored in a value, in the values in it
  /// and so on; objects are not looked into.
  static func of(_ value: Any) -> Int {
    // Types are compared first: asking every field for a cast to every array type takes longer than
    // a short run's evaluation.
    let type = ObjectIdentifier(type(of: value))
    if type == number || type == count || type == flag { return 0 }
    if type == numbers, let found = value as? [Double] { return bytes(found) }
    if type == floats, let found = value as? [Float] { return bytes(found) }
    if type == counts, let found = value as? [Int] { return bytes(found) }
    if type == flags, let found = value as? [Bool] { return bytes(found) }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle != .class else { return 0 }
    return mirror.children.reduce(0) { $0 + of($1.value) }
  }

  private static func bytes<Element>(_ elements: [Element]) -> Int {
    elements.count * MemoryLayout<Element>.stride
  }

  private static let number = ObjectIdentifier(Double.self)
  private static let count = ObjectIdentifier(Int.self)
  private static let flag = ObjectIdentifier(Bool.self)
  private static let numbers = ObjectIdentifier([Double].self)
  private static let floats = ObjectIdentifier([Float].self)
  private static let counts = ObjectIdentifier([Int].self)
  private static let flags = ObjectIdentifier([Bool].self)
}
