/// An input whose cells are categories, coded as one column for each.
///
/// The coding is fitted on the training rows alone: a column for every value that at least `rare`
/// of them have, in order; one called `other` for the values of fewer, and for values that no
/// training row has; one called `missing` where a training row lacks the value. Where no training
/// row is rare there is no column to learn `other` from, and an unseen value is 0 in all columns;
/// so is a missing one where no training row lacks its value.
struct CategoryColumn {
  let name: String
  /// Different values of the file in their order; only a coding says which of them count.
  let values: [TextValues.Value]
  /// Place among `values` of each row, -1 where missing, shape [rowCount].
  private(set) var places: [Int32]

  init(name: String, _ found: TextValues) {
    self.name = name
    values = found.values
    places = found.places
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { places = rows.map { places[$0] } }

  /// The coding that the training rows teach.
  func coding(training rows: [Int], rare: Int) -> CategoryCoding {
    var counts = Array(repeating: 0, count: values.count)
    var missing = 0
    for row in rows {
      let place = Int(places[row])
      if place < 0 { missing += 1 } else { counts[place] += 1 }
    }
    var names: [String] = []
    var columnOfPlace: [Int?] = []
    for (value, count) in zip(values, counts) {
      if count >= rare {
        columnOfPlace.append(names.count)
        names.append("\(name)=\(value.name)")
      } else {
        columnOfPlace.append(nil)
      }
    }
    var other: Int?
    if counts.contains(where: { 0 < $0 && $0 < rare }) {
      other = names.count
      names.append("\(name)=other")
    }
    var missingColumn: Int?
    if missing > 0 {
      missingColumn = names.count
      names.append("\(name)=missing")
    }
    return CategoryCoding(
      columnNames: names,
      columnOfPlace: columnOfPlace.map { $0 ?? other },
      missingColumn: missingColumn
    )
  }
}

/// Which column a category's rows have their 1 in.
struct CategoryCoding {
  /// Names of the columns, such as `city=Rome`.
  let columnNames: [String]
  /// Column of each value; nil for one that no column stands for.
  fileprivate let columnOfPlace: [Int?]
  fileprivate let missingColumn: Int?

  /// The column that is 1 for a place of `CategoryColumn.places`; nil where all are 0.
  func column(of place: Int32) -> Int? {
    place < 0 ? missingColumn : columnOfPlace[Int(place)]
  }
}
