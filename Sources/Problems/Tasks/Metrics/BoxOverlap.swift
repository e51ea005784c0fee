internal import Kernels

/// Mean over the rows of the overlap of predicted and true boxes: the area of their intersection over that
/// of their union.
///
/// A box is centre x, centre y, width and height. A predicted side below 0 counts as 0; two boxes without
/// area do not overlap.
enum BoxOverlap {
  /// From 0 to 1; nan without a row, and where an output is not finite.
  static func mean(task: TaskDescription, outputs: MatrixView, targets: MatrixView) -> Double {
    var sum = 0.0
    var count = 0
    for row in 0..<targets.rows where !targets[row, 0].isNaN {
      func box(_ view: MatrixView) -> [Double] {
        (0..<4).map { task.targetMean[$0] + task.targetScale[$0] * Double(view[row, $0]) }
      }
      let found = box(outputs)
      guard found.allSatisfy({ $0.isFinite }) else { return .nan }
      sum += overlap(found, box(targets))
      count += 1
    }
    return count > 0 ? sum / Double(count) : .nan
  }

  static func overlap(_ a: [Double], _ b: [Double]) -> Double {
    func size(_ box: [Double], _ axis: Int) -> Double { max(0, box[2 + axis]) }
    func common(_ axis: Int) -> Double {
      let high = min(a[axis] + size(a, axis) / 2, b[axis] + size(b, axis) / 2)
      let low = max(a[axis] - size(a, axis) / 2, b[axis] - size(b, axis) / 2)
      return max(0, high - low)
    }
    let intersection = common(0) * common(1)
    let union = size(a, 0) * size(a, 1) + size(b, 0) * size(b, 1) - intersection
    return union > 0 ? intersection / union : 0
  }
}
