import CMeasure
import Kernels

/// How fast every matrix product of W1 to W3 is, beside OpenBLAS.
enum ProductTable: Section {
  static let name = "products"
  static let heading = "Matrix products"

  /// C = A B, or Aᵀ B where A lies transposed.
  private struct Product {
    let label: String
    let rows: Int
    let inner: Int
    let columns: Int
    let isTransposed: Bool

    var shape: String { "\(rows) × \(inner) × \(columns)" }
    var operations: Double { 2 * Double(rows * inner * columns) }
    /// The share of the arithmetic peak asked for, in percent: less where one side does not fill a
    /// vector of 16, as at the heads of W1 and W2.
    var target: Double { min(inner, columns) < 16 ? 60 : 90 }
  }

  static func text(_ session: Session) -> String {
    let hasBLAS = open_blas()
    var table = MarkdownRows(
      ["product", "rows × inner × columns", "GFLOP/s", "% of peak", "OpenBLAS, GFLOP/s", "ratio"]
    )
    let products = Work.all.flatMap { Self.products(of: $0) }
    let timers = products.map { Timer($0, seconds: session.seconds(0.03)) }
    var ownSeconds = products.map { _ in Double.infinity }
    var blasSeconds = ownSeconds
    for _ in 0..<session.effort.passCount {
      session.roofline.observe()
      for (index, timer) in timers.enumerated() {
        ownSeconds[index] = min(ownSeconds[index], timer.ownSeconds())
        if hasBLAS { blasSeconds[index] = min(blasSeconds[index], timer.blasSeconds()) }
      }
    }
    for (index, product) in products.enumerated() {
      let own = product.operations / ownSeconds[index]
      session.record(
        "matrix product",
        work: product.label,
        method: product.shape,
        [own],
        unit: "1/s"
      )
      var cells = [
        product.label,
        product.shape,
        fixed(own * 1e-9),
        beside(100 * own / session.roofline.peak, atLeast: product.target),
      ]
      if hasBLAS {
        let theirs = product.operations / blasSeconds[index]
        session.record(
          "matrix product",
          work: product.label,
          method: product.shape,
          program: "OpenBLAS",
          [theirs],
          unit: "1/s"
        )
        cells += [fixed(theirs * 1e-9), fixed(own / theirs, 2)]
      } else {
        cells += ["–", "–"]
      }
      table.append(cells)
    }
    return """
      One core, whose arithmetic peak is \(fixed(session.roofline.peak * 1e-9)) GFLOP/s; the best of
      \(session.effort.passCount) passes over all products, in brackets the share of the peak asked for.
      \(
        hasBLAS
          ? "OpenBLAS runs on one thread, on the same storage."
          : "There is no OpenBLAS here (libopenblas.so.0; on Debian the package libopenblas0)."
      )

      \(table.text)
      """
  }

  private static func products(of work: Work) -> [Product] {
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

  /// The storage of one product, and how long it takes.
  private struct Timer {
    private let product: Product
    private let seconds: Double
    private let a: Matrix
    private let b: Matrix
    private let c: Matrix

    init(_ product: Product, seconds: Double) {
      self.product = product
      self.seconds = seconds
      let (rows, inner) = (product.rows, product.inner)
      a =
        product.isTransposed
        ? Matrix(rows: inner, columns: rows) : Matrix(rows: rows, columns: inner)
      b = Matrix(rows: inner, columns: product.columns)
      c = Matrix(rows: rows, columns: product.columns)
    }

    func ownSeconds() -> Double {
      let kernels = KernelTable.best
      return bestSeconds(within: seconds) {
        if product.isTransposed {
          kernels.multiplyTransposed(a.view, b.view, into: c.view, end: .store)
        } else {
          kernels.multiply(a.view, b.view, into: c.view, end: .store)
        }
      }
    }

    func blasSeconds() -> Double {
      var arguments = BLASProduct(
        is_transposed: product.isTransposed,
        rows: Int32(product.rows),
        columns: Int32(product.columns),
        inner: Int32(product.inner),
        a: a.buffer.start,
        a_stride: Int32(a.stride),
        b: b.buffer.start,
        b_stride: Int32(b.stride),
        c: c.buffer.start,
        c_stride: Int32(c.stride)
      )
      return bestSeconds(within: seconds) { multiply_by_blas(&arguments) }
    }
  }
}
