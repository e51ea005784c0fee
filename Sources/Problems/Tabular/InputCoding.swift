internal import Kernels

/// How the inputs of a table become the columns of a matrix, fitted on the training rows.
///
/// Columns are in the order of the inputs: a number has one, standardised with the training mean
/// and deviation, 0 where missing; a category has those of its `CategoryCoding`, 0 and 1. Columns
/// of 0 and 1 that mark the gaps of numbers follow, where asked.
struct InputCoding {
  /// Name of each column of the matrix.
  let columnNames: [String]

  private let fits: [Fit]
  /// Numbers whose gaps are marked.
  private let indicated: [NumberColumn]

  private enum Fit {
    case number(NumberColumn, Standardization)
    case category(CategoryColumn, CategoryCoding)
  }

  /// Rows that are written column by column before the next ones, so that they stay at hand.
  private static let rowsAtOnce = 128

  /// The coding that the training rows make; nothing else is looked at.
  ///
  /// Categories of fewer training rows than `rare` count as `other`.
  ///
  /// - Throws: `CSVError.column` for an input without a training value.
  init(
    _ inputs: [InputColumn],
    training rows: [Int],
    rare: Int,
    hasIndicators: Bool,
    file: String
  ) throws(CSVError) {
    var names: [String] = []
    var fits: [Fit] = []
    var indicated: [NumberColumn] = []
    for input in inputs {
      switch input {
      case .number(let column):
        let training = rows.map { column.values[$0] }
        guard let fit = Standardization(fitting: training, imputing: true) else {
          throw .column(file: file, name: column.name, .noTrainingValues)
        }
        names.append(column.name)
        fits.append(.number(column, fit))
        if hasIndicators && column.isMissingSome { indicated.append(column) }
      case .category(let column):
        let coding = column.coding(training: rows, rare: rare)
        names += coding.columnNames
        fits.append(.category(column, coding))
      }
    }
    columnNames = names + indicated.map { "\($0.name)=missing" }
    self.fits = fits
    self.indicated = indicated
  }

  /// The inputs of some rows, shape [rows.count, columnNames.count].
  func matrix(rows: [Int]) -> Matrix {
    let matrix = Matrix(rows: rows.count, columns: columnNames.count)
    var start = 0
    while start < rows.count {
      let end = min(start + InputCoding.rowsAtOnce, rows.count)
      write(rows, start..<end, to: matrix.view)
      start = end
    }
    return matrix
  }

  private func write(_ rows: [Int], _ block: Range<Int>, to view: MatrixView) {
    var column = 0
    for fit in fits {
      switch fit {
      case .number(let input, let fit):
        for place in block {
          let value = input.values[rows[place]]
          // A missing value is replaced by the mean, which standardises to 0.
          view[place, column] = value.isNaN ? 0 : Float(fit.standardized(value))
        }
        column += 1
      case .category(let input, let coding):
        for place in block {
          for offset in coding.columnNames.indices { view[place, column + offset] = 0 }
          if let own = coding.column(of: input.places[rows[place]]) {
            view[place, column + own] = 1
          }
        }
        column += coding.columnNames.count
      }
    }
    for input in indicated {
      for place in block { view[place, column] = input.values[rows[place]].isNaN ? 1 : 0 }
      column += 1
    }
  }
}
