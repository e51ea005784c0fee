import Kernels

/// The products of attention between tokens, head by head as a transformer's layer makes them.
final class AttentionTimer {
  private let samples = 64
  private let tokens = 16
  private let heads = 4
  private let width = 16
  private let seconds: Double
  private let kernels = KernelTable.best
  private let queries: Matrix
  private let keys: Matrix
  private let output: Matrix
  private let shares: Matrix
  private let transposed: Matrix

  /// - Parameter seconds: About how long each measurement takes.
  init(within seconds: Double) {
    self.seconds = seconds
    queries = Matrix(rows: samples * tokens, columns: heads * width)
    keys = Matrix(rows: samples * tokens, columns: heads * width)
    output = Matrix(rows: samples * tokens, columns: heads * width)
    shares = Matrix(rows: samples * heads * tokens, columns: tokens)
    transposed = Matrix(rows: width, columns: tokens)
  }

  /// Operations of one product of all heads.
  var operations: Double { 2 * Double(samples * heads * tokens * tokens * width) }

  /// Each head's queries times its keys, which are transposed before: also the gradient at the shares.
  func scoreSeconds() -> Double {
    time { rows, columns, part in
      kernels.transpose(keys.view.rows(rows).columns(columns), into: transposed.view)
      kernels.multiply(
        queries.view.rows(rows).columns(columns),
        transposed.view,
        into: shares.view.rows(part),
        end: .store
      )
    }
  }

  /// Each head's shares times its values: also the gradient at the queries.
  func mixingSeconds() -> Double {
    time { rows, columns, part in
      kernels.multiply(
        shares.view.rows(part),
        keys.view.rows(rows).columns(columns),
        into: output.view.rows(rows).columns(columns),
        end: .store
      )
    }
  }

  /// The transposed shares times a gradient: those at the keys and values.
  func gradientSeconds() -> Double {
    time { rows, columns, part in
      kernels.multiplyTransposed(
        shares.view.rows(part),
        queries.view.rows(rows).columns(columns),
        into: output.view.rows(rows).columns(columns),
        end: .store
      )
    }
  }

  /// The softmax of all shares.
  func softmaxSeconds() -> Double { bestSeconds(within: seconds) { kernels.softmax(shares.view) } }

  /// Calls `body` with the rows and columns of every sample and head, and its rows of the shares.
  private func time(
    _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ part: Range<Int>) -> Void
  ) -> Double {
    bestSeconds(within: seconds) {
      for sample in 0..<samples {
        let rows = sample * tokens..<(sample + 1) * tokens
        for head in 0..<heads {
          let part = (sample * heads + head) * tokens
          body(rows, head * width..<(head + 1) * width, part..<part + tokens)
        }
      }
    }
  }
}
