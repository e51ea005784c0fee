/// What the numbers of an input row are.
package enum InputForm: Hashable, Sendable, CustomStringConvertible {
  /// Columns in no order.
  case columns(Int)
  /// Row-major `[channels][height][width]`.
  case image(channels: Int, height: Int, width: Int)
  /// Row-major `[length][width]`: features of one moment after those of the other.
  case sequence(length: Int, width: Int)

  /// Numbers of a row.
  package var count: Int {
    switch self {
    case .columns(let count): count
    case .image(let channels, let height, let width): channels * height * width
    case .sequence(let length, let width): length * width
    }
  }

  package var description: String {
    switch self {
    case .columns(let count): "\(count) columns"
    case .image(let channels, let height, let width): "image [\(channels), \(height), \(width)]"
    case .sequence(let length, let width): "sequence [\(length), \(width)]"
    }
  }
}
