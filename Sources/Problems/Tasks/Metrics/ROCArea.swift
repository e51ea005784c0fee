internal import Kernels

/// Area under the ROC curve of a binary task.
///
/// `AUC = (pairs ordered right + pairs tied / 2) / (positives * negatives)` over all pairs of a
/// positive and a negative row: the share of pairs whose positive row scores higher. Equal to the
/// Mann–Whitney U statistic with midranks, divided by the number of pairs. Counted in whole
/// numbers after one sort of each class, so ties are exact.
///
/// Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating
/// characteristic (ROC) curve", Radiology 143, 1982.
enum ROCArea {
  /// The area, from 0 to 1; nan when a class does not occur or a score is not finite.
  static func value(outputs: MatrixView, targets: MatrixView) -> Double {
    var positives: [Float] = []
    var negatives: [Float] = []
    for row in 0..<targets.rows {
      let target = targets[row, 0]
      if target.isNaN { continue }
      let score = outputs[row, 0]
      if !score.isFinite { return .nan }
      if target > 0 { positives.append(score) } else { negatives.append(score) }
    }
    if positives.isEmpty || negatives.isEmpty { return .nan }
    positives.sort()
    negatives.sort()
    var lower = 0
    var notHigher = 0
    var halves = 0
    for score in positives {
      while lower < negatives.count && negatives[lower] < score { lower += 1 }
      while notHigher < negatives.count && negatives[notHigher] <= score { notHigher += 1 }
      halves += lower + notHigher
    }
    return Double(halves) / 2 / (Double(positives.count) * Double(negatives.count))
  }
}
