internal import Kernels

/// What the rows of an edge hold, and how many of them one row of the batch has.
enum Form: Hashable, Sendable {
  /// One row of so many numbers.
  case columns(Int)
  /// One row, `[channels][height][width]`.
  case image(channels: Int, height: Int, width: Int)
  /// So many rows of one token each.
  case tokens(count: Int, width: Int)

  init(_ input: InputForm) {
    switch input {
    case .columns(let count): self = .columns(count)
    case .image(let channels, let height, let width):
      self = .image(channels: channels, height: height, width: width)
    case .sequence(let length, let width): self = .columns(length * width)
    }
  }

  /// Columns of a row.
  var width: Int {
    switch self {
    case .columns(let count): count
    case .image(let channels, let height, let width): channels * height * width
    case .tokens(_, let width): width
    }
  }

  /// Rows of one row of the batch.
  var rowCount: Int {
    if case .tokens(let count, _) = self { return count }
    return 1
  }

  /// The form with other columns in as many rows.
  func with(width: Int) -> Form {
    if case .tokens(let count, _) = self { return .tokens(count: count, width: width) }
    return .columns(width)
  }
}
