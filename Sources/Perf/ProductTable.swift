import Kernels

/// How fast every matrix product of W1 to W3 is.
struct ProductTable {
  private struct Product {
    let label: String
    let rows: Int
    let inner: Int
    let columns: Int
    let isTransposed: Bool
  }

  private let roofline: Roofline

  init(_ roofline: Roofline) {
    self.roofline = roofline
  }

  /// The table, one row for each product.
  func text() -> String {
    var table = MarkdownTable(["product", "rows × inner × columns", "GFLOP/s", "% of peak"])
    for product in Work.all.flatMap({ products(of: $0) }) {
      let rate = operationsPerSecond(product)
      table.append([
        product.label,
        "\(product.rows) × \(product.inner) × \(product.columns)",
        fixed(rate * 1e-9),
        fixed(100 * rate / roofline.peak),
      ])
    }
    return table.text
  }

  private func products(of work: Work) -> [Product] {
    var result: [Product] = []
    func add(_ name: String, _ rows: Int, _ inner: Int, _ columns: Int, _ isTransposed: Bool) {
      let isKnown = result.contains {
        ($0.rows, $0.inner, $0.columns, $0.isTransposed) == (rows, inner, columns, isTransposed)
      }
      guard !isKnown else { return }
      result.append(
        Product(
          label: "\(work.name) \(name)",
          rows: rows,
          inner: inner,
          columns: columns,
          isTransposed: isTransposed
        )
      )
    }
    let batch = work.batchRows
    var inputs = work.inputCount
    for (index, outputs) in work.trunk.enumerated() {
      add("layer forward", batch, inputs, outputs, false)
      add("layer weight gradient", inputs, batch, outputs, true)
      if index > 0 { add("layer input gradient", batch, outputs, inputs, false) }
      inputs = outputs
    }
    let heads = work.outputCounts.reduce(0, +)
    add("heads forward", batch, inputs, heads, false)
    add("heads weight gradient", inputs, batch, heads, true)
    add("heads input gradient", batch, heads, inputs, false)
    for outputs in Set(work.outputCounts).sorted() {
      add("one head's input gradient", batch, outputs, inputs, false)
    }
    return result
  }

  private func operationsPerSecond(_ product: Product) -> Double {
    let a =
      product.isTransposed
      ? Matrix(rows: product.inner, columns: product.rows)
      : Matrix(rows: product.rows, columns: product.inner)
    let b = Matrix(rows: product.inner, columns: product.columns)
    let c = Matrix(rows: product.rows, columns: product.columns)
    let kernels = KernelTable.best
    let seconds = bestSeconds {
      if product.isTransposed {
        kernels.multiplyTransposed(a.view, b.view, into: c.view, end: .store)
      } else {
        kernels.multiply(a.view, b.view, into: c.view, end: .store)
      }
    }
    return 2 * Double(product.rows * product.inner * product.columns) / seconds
  }
}
