import Kernels

/// How fast the loops of convolutions and of attention are, beside the arithmetic peak.
enum LayerTable: Section {
  static let name = "layers"
  static let heading = "Convolutions and attention"
  /// The shares of the peak asked for, in percent.
  private static let convolutionTarget = 60.0
  private static let attentionTarget = 50.0

  /// The convolutions of W4, and one of a residual block.
  private static let convolutions = [
    (
      name: "W4 first", rows: 256,
      Convolution(
        channels: 1,
        height: 36,
        width: 36,
        outputs: 10,
        kernel: 5,
        padding: 0,
        pool: 2
      )
    ),
    (
      name: "W4 second", rows: 256,
      Convolution(
        channels: 10,
        height: 16,
        width: 16,
        outputs: 20,
        kernel: 5,
        padding: 0,
        pool: 2
      )
    ),
    (
      name: "residual, 16 channels on 16 × 16", rows: 64,
      Convolution(
        channels: 16,
        height: 16,
        width: 16,
        outputs: 16,
        kernel: 3,
        padding: 1,
        pool: 1
      )
    ),
  ]

  static func text(_ session: Session) -> String {
    let seconds = session.seconds(0.2)
    var table = MarkdownRows(
      ["loop", "µs", "GFLOP/s", "% of peak", "% of peak, all products counted"]
    )
    func add(_ label: String, _ seconds: Double, made: Double, all: Double?, target: Double) {
      let (rate, peak) = (made / seconds, session.roofline.peak)
      session.record("layer", work: label, [rate], unit: "1/s")
      table.append([
        label, fixed(1e6 * seconds), fixed(rate * 1e-9), beside(100 * rate / peak, atLeast: target),
        all.map { fixed(100 * $0 / seconds / peak) } ?? "–",
      ])
    }
    for (name, rows, convolution) in convolutions {
      session.roofline.observe()
      let timer = ConvolutionTimer(convolution, rows: rows, within: seconds)
      let (all, live) = (timer.operations, timer.liveOperations)
      add(
        "\(name), forward",
        timer.forwardSeconds(),
        made: all,
        all: nil,
        target: convolutionTarget
      )
      add(
        "\(name), weight gradient",
        timer.weightGradientSeconds(),
        made: live,
        all: all,
        target: convolutionTarget
      )
      guard convolution.channels > 1 else { continue }
      add(
        "\(name), input gradient",
        timer.inputGradientSeconds(),
        made: live,
        all: all,
        target: convolutionTarget
      )
    }
    session.roofline.observe()
    let timer = AttentionTimer(within: seconds)
    for (name, seconds) in [
      ("W5, queries × keys", timer.scoreSeconds()),
      ("W5, shares × values", timer.mixingSeconds()),
      ("W5, transposed shares × gradient", timer.gradientSeconds()),
    ] {
      add(name, seconds, made: timer.operations, all: nil, target: attentionTarget)
    }
    return """
      One core, whose arithmetic peak is \(fixed(session.roofline.peak * 1e-9)) GFLOP/s; in brackets the
      share asked for. Batches are those of the work, standard normal images. A forward pass makes all
      products, with the pool and ReLU behind them. A backward pass makes only those whose output a pool
      kept and a ReLU passed, which are counted; the last column counts all that a program without this
      would make. A W5 product is of 16 × 16 numbers for each of 64 samples and 4 heads, with what
      leads to it: one call for each, and for the keys a transposition. The softmax between them takes
      \(fixed(1e6 * timer.softmaxSeconds())) µs.

      \(table.text)
      """
  }
}
