package import Settings

/// Multi-task attention network: one trunk for all tasks; each task takes what it needs of every
/// stage by a mask of its own.
///
/// With `p_b` the output of stage b of the trunk, `â_0 = m_0 ⊙ p_0`, `v = carry_b(â_{b-1})` a copy of
/// stage b, `m_b = σ(H_b act(G_b [p_b; v]))` and `â_b = m_b ⊙ p_b`; the head of task k reads the last
/// `â`.
///
/// Source: Liu, Johns and Davison, "End-to-End Multi-Task Learning with Attention", CVPR 2019,
/// equations 1 and 2.
///
/// Departures: a stage is one layer here, so that the source's two features of a block are one; no
/// normalization inside the masks.
package struct MTAN: SharingScheme {
  package static let name = "mtan"
  package static let description = (
    idea: "One trunk shared by all tasks; each task masks the features of every stage.",
    settings: [
      (key: "hidden", meaning: "width inside the masks, default 0: that of the stage; to 8192")
    ]
  )

  private let hidden: Int

  package init(settings: inout SettingsReader) throws(SettingsError) {
    hidden = try settings.count("hidden", default: 0, in: 0...NetworkSettings.widthRange.upperBound)
  }

  package func build(_ network: inout NetworkBuilder) {
    var trunk = ModulePath("trunk")
    var stages: [Wire] = []
    for stage in 0..<network.stageCount {
      stages.append(network.stage(stage, on: stages.last ?? network.input, at: &trunk))
    }
    for task in 0..<network.taskCount {
      var attended = stages[0]
      for (stage, wire) in stages.enumerated() {
        let path = "attention.\(task).\(stage)"
        var seen = wire
        if stage > 0 {
          var carry = ModulePath("\(path).carry", .task(task))
          let carried = network.stage(stage, on: attended, at: &carry)
          seen = network.concatenate([wire, carried], path: "\(path).joined")
        }
        let mask = network.mask(on: seen, like: wire, hidden: hidden, path: path, task)
        attended = network.multiply(mask, wire, path: "\(path).attended")
      }
      network.head(task, on: attended)
    }
  }
}

extension NetworkBuilder {
  /// Appends a hidden layer and one that ends in numbers between 0 and 1, as many as `wire` has; of an
  /// image they are pointwise: the same for every pixel.
  fileprivate mutating func mask(
    on seen: Wire,
    like wire: Wire,
    hidden: Int,
    path: String,
    _ task: Int
  ) -> Wire {
    var module = ModulePath("\(path).mask", .task(task))
    let features = featureCount(of: wire)
    let count = hidden == 0 ? features : hidden
    let first = pointwise(seen, count, activation, path: module.next(), module.stream)
    _ = module.next()  // the activation
    return pointwise(first, features, .sigmoid, path: module.next(), module.stream)
  }

  /// Channels of an image, else columns.
  private func featureCount(of wire: Wire) -> Int {
    if case .image(let channels, _, _) = form(of: wire) { return channels }
    return width(of: wire)
  }

  private mutating func pointwise(
    _ wire: Wire,
    _ count: Int,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    guard case .image = form(of: wire) else {
      return dense(wire, count, ending, path: path, stream)
    }
    let kernel = ConvolutionKernel(outputs: count, size: 1, padding: 0)
    return convolution(wire, kernel, ending, path: path, stream)
  }

  fileprivate mutating func concatenate(_ wires: [Wire], path: String) -> Wire {
    // The channels of an image stand one after the other, as columns do.
    let form: Form
    if case .image(_, let height, let width) = self.form(of: wires[0]) {
      let channels = wires.reduce(0) { $0 + featureCount(of: $1) }
      form = .image(channels: channels, height: height, width: width)
    } else {
      form = .columns(wires.reduce(0) { $0 + width(of: $1) })
    }
    return add(path, reading: wires, form: form) { ConcatenationLayer($0) }
  }

  fileprivate mutating func multiply(_ a: Wire, _ b: Wire, path: String) -> Wire {
    add(path, reading: [a, b], form: form(of: a)) { ProductLayer($0) }
  }
}
