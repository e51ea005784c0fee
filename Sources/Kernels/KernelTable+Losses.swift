internal import CKernels

/// A loss over a batch, as one task sees it.
package struct LossSum: Sendable, Equatable {
  /// The mean over the present rows (and their columns); 0 where no row is present.
  package var mean: Double
  /// The rows that have a target.
  package var presentRows: Int

  package init(mean: Double, presentRows: Int) {
    self.mean = mean
    self.presentRows = presentRows
  }

  fileprivate init(_ total: LossTotal, columns: Int) {
    presentRows = total.present_rows
    let count = presentRows * columns
    mean = count > 0 ? total.sum / Double(count) : 0
  }
}

/// Losses of outputs [rows][columns], and the gradient of their mean by the outputs.
///
/// Where `mayMiss`, a row whose first target is not a number is missing: it adds nothing to the
/// mean and its gradient is 0. Sums are taken in float over a few hundred terms and in double
/// beyond. `gradient` may be the outputs themselves.
extension KernelTable {
  /// Mean over rows of -ln softmax(logits)[label].
  ///
  /// - Parameters:
  ///   - logits: [rows][classes]
  ///   - labels: [rows][1], class indices as floats; one outside 0 ..< classes ends the process.
  ///   - gradient: Receives the gradient, of the logits' shape.
  ///   - mayMiss: Whether labels may be NaN.
  /// - Returns: The mean, and the rows it was taken over.
  package func softmaxCrossEntropy(
    logits: MatrixView,
    labels: BatchTargets,
    gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    precondition(labels.fit(rows: logits.rows, columns: 1) && logits.columns > 0)
    precondition(gradient.hasShape(of: logits))
    let total = unsafe functions.pointee.softmax_cross_entropy(
      logits.window,
      labels.window,
      gradient.window,
      mayMiss
    )
    return LossSum(total, columns: 1)
  }

  /// Mean over rows and columns of the cross-entropy of targets 0 or 1 with sigmoid(logits), in
  /// the form that does not overflow: max(z, 0) - z t + ln(1 + e^-|z|).
  package func sigmoidCrossEntropy(
    logits: MatrixView,
    targets: BatchTargets,
    gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    unsafe elementLoss(functions.pointee.sigmoid_cross_entropy, logits, targets, gradient, mayMiss)
  }

  /// Mean over rows and columns of the squared error.
  package func squaredError(
    outputs: MatrixView,
    targets: BatchTargets,
    gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    unsafe elementLoss(functions.pointee.squared_error, outputs, targets, gradient, mayMiss)
  }

  /// Mean over rows and columns of the absolute error, whose derivative at 0 is taken as 0.
  package func absoluteError(
    outputs: MatrixView,
    targets: BatchTargets,
    gradient: MatrixView,
    mayMiss: Bool = false
  ) -> LossSum {
    unsafe elementLoss(functions.pointee.absolute_error, outputs, targets, gradient, mayMiss)
  }

  /// Mean over rows and columns of Huber's loss: half the squared error up to `delta`, beyond it
  /// delta (|error| - delta / 2) (Huber, 1964).
  package func huberError(
    outputs: MatrixView,
    targets: BatchTargets,
    gradient: MatrixView,
    delta: Float,
    mayMiss: Bool = false
  ) -> LossSum {
    precondition(targets.fit(rows: outputs.rows, columns: outputs.columns))
    precondition(gradient.hasShape(of: outputs))
    let total = unsafe functions.pointee.huber_error(
      outputs.window,
      targets.window,
      gradient.window,
      mayMiss,
      delta
    )
    return LossSum(total, columns: outputs.columns)
  }

  private func elementLoss(
    _ loss: (FloatWindow, TargetWindow, FloatWindow, Bool) -> LossTotal,
    _ outputs: MatrixView,
    _ targets: BatchTargets,
    _ gradient: MatrixView,
    _ mayMiss: Bool
  ) -> LossSum {
    precondition(targets.fit(rows: outputs.rows, columns: outputs.columns))
    precondition(gradient.hasShape(of: outputs))
    let total = unsafe loss(outputs.window, targets.window, gradient.window, mayMiss)
    return LossSum(total, columns: outputs.columns)
  }
}
