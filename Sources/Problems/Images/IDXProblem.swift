internal import Kernels
package import Settings

/// Classes of images from files in MNIST's format, packed by gzip or not.
///
/// Pixels are standardised by one mean and one deviation over all pixels of the training rows. Each file
/// of labels makes a task, whose classes are the numbers from 0 to the largest.
///
/// Settings: `images` (path), `labels` (a list of tables of `name` and `file`), `fractions` ([0.6, 0.2, 0.2]),
/// `stratify` (true).
package struct IDXProblem: Problem {
  package static let name = "idx"

  package static let description = ProblemDescription(
    idea: "Classes of images from files in MNIST's format (IDX), packed by gzip or not.",
    formula: "(pixel - mean) / deviation over all pixels of the training rows; classes: the labels",
    source: "the files",
    settings: [
      .init("images", "path of the images, [n][height][width] or [n][channels][height][width]"),
      .init("labels", "a list of {name: …, file: path of n labels}, one for each task"),
      .init("fractions", "of training, validation and test rows (default [0.6, 0.2, 0.2])"),
      .init("stratify", "whether the split keeps class shares (default true)"),
    ]
  )

  private static let mostTasks = 1000
  /// Decimals such as 0.7, 0.2 and 0.1 sum to 1 up to this.
  private static let sumTolerance = 1e-9

  package let provenance: [String: String]
  private let form: InputForm
  private let images: IDXFile
  private let labels: [(name: String, file: IDXFile)]
  private let fractions: [Double]
  private let isStratified: Bool

  package init(settings: inout SettingsReader, relativeTo folder: String) throws {
    let path = try settings.text("images")
    images = try Self.read(path, folder) { settings.error("images", $0) }
    switch images.sides.count {
    case 3: form = .image(channels: 1, height: images.sides[1], width: images.sides[2])
    case 4:
      form = .image(
        channels: images.sides[1],
        height: images.sides[2],
        width: images.sides[3]
      )
    default:
      throw settings.error(
        "images",
        "'\(path)' has the sizes \(images.sides), expected those of images: [n, height, width]"
      )
    }
    labels = try Self.labels(&settings, folder, rowCount: images.sides[0])
    fractions = try settings.numbers(
      "fractions",
      default: [0.6, 0.2, 0.2],
      in: 0...1,
      count: 3...3
    )
    if abs(fractions.reduce(0, +) - 1) > Self.sumTolerance || fractions.contains(0) {
      throw settings.error("fractions", "expected three positive numbers with sum 1")
    }
    isStratified = try settings.flag("stratify", default: true)
    var provenance = ["images": images.hash]
    for (name, file) in labels { provenance["labels.\(name)"] = file.hash }
    self.provenance = provenance
    let fewest = fractions.map { Int($0 * Double(images.sides[0])) }.min() ?? 0
    if fewest < 2 || form.count == 0 {
      throw settings.error("images", "'\(path)' has the sizes \(images.sides): too few to split")
    }
  }

  private static func labels(
    _ settings: inout SettingsReader,
    _ folder: String,
    rowCount: Int
  ) throws -> [(name: String, file: IDXFile)] {
    var labels: [(name: String, file: IDXFile)] = []
    var canonical: [CanonicalTable.Value] = []
    for (index, setting) in try settings.settings("labels").enumerated() {
      let path = settings.path(of: "labels") + "[\(index)]"
      var reader = SettingsReader(try setting.table(path: path), path: path)
      let name = try reader.text("name")
      let source = try reader.text("file")
      try reader.finish()
      canonical.append(.table(reader.resolved))
      let file = try read(source, folder) { reader.error("file", $0) }
      guard file.sides == [rowCount] else {
        throw reader.error(
          "file",
          "'\(source)' has the sizes \(file.sides), expected a label for each of \(rowCount) images"
        )
      }
      guard Set(file.numbers).count > 1 else {
        throw reader.error("file", "'\(source)' has one label for all images")
      }
      if labels.contains(where: { $0.name == name }) {
        throw reader.error("name", "two tasks are called '\(name)'")
      }
      labels.append((name, file))
    }
    guard (1...mostTasks).contains(labels.count) else {
      throw settings.error(
        "labels",
        "expected a list of tables such as {name: digit, file: labels-idx1-ubyte.gz}"
      )
    }
    settings.record("labels", as: .list(canonical))
    return labels
  }

  private static func read(
    _ path: String,
    _ folder: String,
    refuse: (String) -> SettingsError
  ) throws -> IDXFile {
    let file = try DataFile(path: DataFile.path(path, relativeTo: folder))
    do {
      return try IDXFile(file)
    } catch let fault as IDXFile.Fault {
      throw refuse("'\(path)': \(fault.text)")
    }
  }

  package func makeData(seed: UInt64) throws -> ProblemData {
    let classes = labels.map { label in label.file.numbers.map { Double($0) } }
    let strata = DataSplit.strata(
      classes: isStratified ? classes : [],
      rowCount: images.sides[0],
      smallest: fractions.min() ?? 0
    )
    var stream = RandomStream(seed: seed, purpose: .split)
    let rows = DataSplit.drawn(
      strata: strata,
      fractions: (fractions[0], fractions[1]),
      using: &stream
    )
    let fit = fit(rows[0])
    let parts = rows.map { part($0, fit) }
    let tasks = labels.map { label in
      let classCount = Int(label.file.numbers.max() ?? 0) + 1
      return TaskDescription(
        name: label.name,
        kind: classCount == 2 ? .binary : .multiclass(classes: classCount)
      )
    }
    return ProblemData(
      tasks: tasks,
      train: parts[0],
      validation: parts[1],
      test: parts[2],
      inputForm: form
    )
  }

  /// Mean and deviation over all pixels of some rows.
  private func fit(_ rows: [Int]) -> (mean: Double, scale: Double) {
    // Counts of whole numbers, so that the sums are exact.
    var counts = Array(repeating: 0, count: 256)
    for row in rows {
      for place in row * form.count..<(row + 1) * form.count {
        counts[Int(images.numbers[place])] += 1
      }
    }
    let total = Double(rows.count * form.count)
    let mean = counts.indices.reduce(0.0) { $0 + Double($1 * counts[$1]) } / total
    let square = counts.indices.reduce(0.0) { sum, value in
      sum + (Double(value) - mean) * (Double(value) - mean) * Double(counts[value])
    }
    let scale = (square / total).squareRoot()
    return (mean, scale > 0 ? scale : 1)
  }

  private func part(_ rows: [Int], _ fit: (mean: Double, scale: Double)) -> DataPart {
    let inputs = Matrix(rows: rows.count, columns: form.count)
    let targets = Matrix(rows: rows.count, columns: labels.count)
    let table = (0..<256).map { Float((Double($0) - fit.mean) / fit.scale) }
    let (view, targetView) = (inputs.view, targets.view)
    for (place, row) in rows.enumerated() {
      for column in 0..<form.count {
        view[place, column] = table[Int(images.numbers[row * form.count + column])]
      }
      for (task, label) in labels.enumerated() {
        targetView[place, task] = Float(label.file.numbers[row])
      }
    }
    return DataPart(inputs: inputs, targets: targets)
  }
}
