internal import Kernels

/// Attention between the tokens of each sample: `softmax(Q Kᵀ / √d) V` for every head, whose columns of
/// queries, keys and values, d of them, stand side by side.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, equation 1.
final class AttentionLayer: Layer {
  private let queries: Edge
  private let keys: Edge
  private let values: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let headCount: Int
  private let tokenCount: Int
  private let headWidth: Int
  private let factor: Float
  /// What each token takes of each, shape [samples][heads][tokens][tokens], and the gradient at it.
  private let shares: Matrix
  private let slopes: Matrix?
  /// Whether `slopes` are those of the gradient at hand: the keys' gradient, which every pass takes
  /// before the queries', leaves them.
  private var hasSlopes = false
  /// Keys or values of one head, transposed.
  private let transposed: Matrix

  init(_ space: LayerSpace, headCount: Int, tokenCount: Int) {
    queries = space.inputs[0]
    keys = space.inputs[1]
    values = space.inputs[2]
    output = space.whole
    kernels = space.kernels
    self.headCount = headCount
    self.tokenCount = tokenCount
    headWidth = space.whole.width / headCount
    factor = 1 / Float(headWidth).squareRoot()
    shares = Matrix(rows: space.whole.rows * headCount, columns: tokenCount)
    slopes =
      space.isTraining ? Matrix(rows: space.whole.rows * headCount, columns: tokenCount) : nil
    transposed = Matrix(rows: headWidth, columns: tokenCount)
  }

  var scratchBytes: Int {
    shares.buffer.byteCount + (slopes?.buffer.byteCount ?? 0) + transposed.buffer.byteCount
  }

  /// Whether columns of a head end where columns of the next one begin within a vector.
  private var isExact: Bool { headWidth % 16 != 0 }

  /// Calls `body` with the rows and columns of every sample and head, and its rows of `shares`.
  private func forEachHead(
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ shares: Range<Int>) -> Void
  ) {
    for sample in 0..<output.rows / tokenCount {
      let first = sample * tokenCount
      for head in 0..<headCount {
        let column = head * headWidth
        let share = (sample * headCount + head) * tokenCount
        body(
          first..<first + tokenCount,
          column..<column + headWidth,
          share..<share + tokenCount
        )
      }
    }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let (q, k, v, y) = (queries.values, keys.values, values.values, output.values)
    hasSlopes = false
    let shares = shares.view
    forEachHead { rows, columns, part in
      kernels.transpose(k.rows(rows).columns(columns), into: transposed.view)
      kernels.multiply(
        q.rows(rows).columns(columns),
        transposed.view,
        into: shares.rows(part),
        end: .store
      )
    }
    kernels.scale(shares, by: factor)
    kernels.softmax(shares)
    forEachHead { rows, columns, part in
      kernels.multiply(
        shares.rows(part),
        v.rows(rows).columns(columns),
        into: y.rows(rows).columns(columns),
        end: .store,
        exactly: isExact
      )
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    let productEnd: ProductEnd = end == .more ? .accumulate : .store
    switch input {
    case 0:
      queryGradient(productEnd)
      queries.finish(end, kernels)
    case 1:
      keyGradient(productEnd)
      keys.finish(end, kernels)
    default:
      valueGradient(productEnd)
      values.finish(end, kernels)
    }
  }

  private func valueGradient(_ end: ProductEnd) {
    let (d, shares, target) = (output.gradient, shares.view, values.gradient)
    forEachHead { rows, columns, part in
      kernels.multiplyTransposed(
        shares.rows(part),
        d.rows(rows).columns(columns),
        into: target.rows(rows).columns(columns),
        end: end,
        exactly: isExact
      )
    }
  }

  /// The gradient at the products of queries and keys.
  private func takeSlopes() -> MatrixView {
    guard let slopes = slopes?.view else { preconditionFailure("an evaluator asks for a gradient") }
    let (d, v) = (output.gradient, values.values)
    forEachHead { rows, columns, part in
      kernels.transpose(v.rows(rows).columns(columns), into: transposed.view)
      kernels.multiply(
        d.rows(rows).columns(columns),
        transposed.view,
        into: slopes.rows(part),
        end: .store
      )
    }
    kernels.maskBySoftmax(slopes, output: shares.view)
    kernels.scale(slopes, by: factor)
    return slopes
  }

  private func queryGradient(_ end: ProductEnd) {
    let slopes = slopes.flatMap { hasSlopes ? $0.view : nil } ?? takeSlopes()
    hasSlopes = false
    let (k, target) = (keys.values, queries.gradient)
    forEachHead { rows, columns, part in
      kernels.multiply(
        slopes.rows(part),
        k.rows(rows).columns(columns),
        into: target.rows(rows).columns(columns),
        end: end,
        exactly: isExact
      )
    }
  }

  private func keyGradient(_ end: ProductEnd) {
    let slopes = takeSlopes()
    hasSlopes = true
    let (q, target) = (queries.values, keys.gradient)
    forEachHead { rows, columns, part in
      kernels.multiplyTransposed(
        slopes.rows(part),
        q.rows(rows).columns(columns),
        into: target.rows(rows).columns(columns),
        end: end,
        exactly: isExact
      )
    }
  }
}

extension NetworkBuilder {
  /// Appends attention of `headCount` heads.
  mutating func attention(
    queries: Wire,
    keys: Wire,
    values: Wire,
    headCount: Int,
    path: String
  ) -> Wire {
    let form = form(of: queries)
    let products = form.rowCount * form.rowCount * form.width
    return add(
      path,
      reading: [queries, keys, values],
      form: form,
      multiplyAdds: 2 * products,
      inputMultiplyAdds: 4 * products
    ) {
      AttentionLayer($0, headCount: headCount, tokenCount: form.rowCount)
    }
  }
}
