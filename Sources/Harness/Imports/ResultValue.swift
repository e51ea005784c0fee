internal import Settings

/// What one cell of results says.
enum ResultValue: Hashable {
  case number(Double)
  /// NaN or infinite: the run went wrong.
  case failed
  /// Nothing, or a mark of nothing.
  case missing

  private static let missingMarks = ["", "na", "n/a", "null", "none", "-", "--", "–", "—", "?"]
  private static let failures = ["nan", "inf", "+inf", "-inf", "infinity", "-infinity"]

  /// The value, and whether a spread behind it was left out, as in `71.2 ± 0.3`; nil for any other
  /// text.
  static func read(_ text: String) -> (value: ResultValue, hasSpread: Bool)? {
    let lower = text.lowercased()
    if missingMarks.contains(lower) { return (.missing, false) }
    if failures.contains(lower) { return (.failed, false) }
    let spread = ["±", "+/-", "+-", "("].compactMap { text.firstRange(of: $0)?.lowerBound }.min()
    var number = trimmed(spread.map { text[..<$0] } ?? text[...])
    if number.hasSuffix("%") { number = trimmed(number.dropLast()) }
    guard let value = Settings.number(spelt: number.replacing("−", with: "-")) else { return nil }
    return (.number(value), spread != nil)
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// Which way metrics improve, as far as their names tell.
enum KnownDirection {
  private static let higher = [
    "accuracy", "acc", "f1", "auc", "auroc", "auprc", "ap", "map", "iou", "miou", "pixacc", "r2",
    "precision", "recall", "psnr", "ssim", "bleu", "rouge", "dice", "ndcg", "mcc", "kappa", "top1",
    "top5", "within",
  ]
  private static let lower = [
    "error", "err", "abserr", "relerr", "loss", "logloss", "rmse", "mse", "mae", "nll",
    "perplexity",
    "ece", "brier", "wer", "cer", "mean angle", "angle", "rank",
  ]

  /// True for higher, false for lower, nil where the name tells nothing or both.
  static func isHigher(_ metric: String) -> Bool? {
    if metric.contains("↑") { return true }
    if metric.contains("↓") { return false }
    let words = metric.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let whole = words.joined()
    let knows = { (names: [String]) in
      names.contains { $0 == whole || words.contains($0) }
    }
    switch (knows(higher), knows(lower)) {
    case (true, false): return true
    case (false, true): return false
    default: return nil
    }
  }

  /// The name without an arrow.
  static func bare(_ metric: String) -> String {
    let bare = metric.filter { $0 != "↑" && $0 != "↓" }
    return String(bare.reversed().drop { $0.isWhitespace }.reversed())
  }
}
