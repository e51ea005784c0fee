internal import CKernels

/// What the last pass of a product does with the sums it has in registers.
@safe
package enum ProductEnd {
  /// C = AB
  case store
  /// C = AB + the bias row, as long as C is wide (rounded up as `multiply` says)
  case bias(UnsafePointer<Float>)
  /// C = max(AB + bias row, 0)
  case biasReLU(UnsafePointer<Float>)
  /// C = AB where the mask, of C's shape, is above 0, else 0
  case reluMask(MatrixView)
  /// C = C + AB
  case accumulate
}

extension KernelTable {
  /// C = A B, with A [M][K], B [K][N], C [M][N]; C overlaps neither A nor B.
  ///
  /// Unless `exactly`, the columns from the last multiple of 16 are processed as
  /// - 4 lanes where N % 16 is 1 to 4,
  /// - 8 lanes where N % 16 is 5 to 8,
  /// - 16 lanes where N % 16 is 9 to 15;
  /// that many floats of each row of B, the bias, the mask and C are read, and of C written. Those
  /// beyond N then hold what B and the bias have there: zero for padded rows. So the product of a
  /// slice of columns overwrites up to 7 neighbours to its right, and must not be the last slice
  /// of a buffer that ends there, unless `exactly`, which costs several passes over A. Elements
  /// within N are the same bits either way.
  ///
  /// - Parameters:
  ///   - a: A
  ///   - b: B
  ///   - c: Receives the product.
  ///   - end: What is done with each element; see `ProductEnd`.
  ///   - exactly: Whether neighbours to the right of N are to be left alone.
  package func multiply(
    _ a: MatrixView,
    _ b: MatrixView,
    into c: MatrixView,
    end: ProductEnd,
    exactly: Bool = false
  ) {
    precondition(a.rows == c.rows && a.columns == b.rows && b.columns == c.columns)
    unsafe multiply(
      a.start,
      rowStep: a.stride,
      innerStep: 1,
      b,
      into: c,
      end: end,
      exactly: exactly
    )
  }

  /// C = Aᵀ B, with A [K][M], B [K][N], C [M][N]; A is read by columns, without a copy.
  ///
  /// Lanes beyond N are treated as `multiply` says.
  package func multiplyTransposed(
    _ a: MatrixView,
    _ b: MatrixView,
    into c: MatrixView,
    end: ProductEnd,
    exactly: Bool = false
  ) {
    precondition(a.columns == c.rows && a.rows == b.rows && b.columns == c.columns)
    unsafe multiply(
      a.start,
      rowStep: 1,
      innerStep: a.stride,
      b,
      into: c,
      end: end,
      exactly: exactly
    )
  }

  private func multiply(
    _ a: UnsafePointer<Float>,
    rowStep: Int,
    innerStep: Int,
    _ b: MatrixView,
    into c: MatrixView,
    end: ProductEnd,
    exactly: Bool
  ) {
    var product = unsafe ProductArguments(
      rows: c.rows,
      columns: c.columns,
      inner: b.rows,
      a: a,
      a_row_step: rowStep,
      a_inner_step: innerStep,
      b: b.start,
      b_stride: b.stride,
      c: c.start,
      c_stride: c.stride,
      ending: ProductEndStore,
      extra: nil,
      extra_stride: 0,
      exact: exactly
    )
    switch end {
    case .store: break
    case .bias(let row):
      unsafe product.ending = ProductEndBias
      unsafe product.extra = row
    case .biasReLU(let row):
      unsafe product.ending = ProductEndBiasReLU
      unsafe product.extra = row
    case .reluMask(let mask):
      precondition(mask.hasShape(of: c))
      unsafe product.ending = ProductEndReLUMask
      unsafe product.extra = UnsafePointer(mask.start)
      unsafe product.extra_stride = mask.stride
    case .accumulate:
      unsafe product.ending = ProductEndAccumulate
    }
    unsafe functions.pointee.multiply(&product)
  }
}
