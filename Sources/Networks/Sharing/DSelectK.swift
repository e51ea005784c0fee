package import Settings

/// DSelect-k: trunks that all tasks share, of which each task selects a few by gates that become
/// exactly 0 or 1.
///
/// A selector j of task k has `m = ⌈log2 E⌉` numbers, which a smooth step `S` takes to [0, 1]; its
/// weight of expert i is `r_j[i] = Π_b S(z_b)` or `1 − S(z_b)` by the bits of i, the first the most
/// significant. `q = Σ_j softmax(w)_j r_j`, and the head of task k reads `Σ_i q_i expert_i(x)`.
/// `S(t) = −2 t³/γ³ + 3 t/(2γ) + 1/2` between ±γ/2, 0 below and 1 above. A penalty, which belongs to no
/// task, is the mean over rows of `Σ_j (−entropy Σ_i r ln(r + 1e-6) + reach / Σ_i r)`, its second part
/// only where the number of experts is no power of 2.
///
/// Source: Hazimeh, Zhao, Chowdhery, Sathiamoorthy, Chen, Mazumder, Hong and Chi, "DSelect-k:
/// Differentiable Selection in the Mixture of Experts with Applications to Multi-Task Learning",
/// NeurIPS 2021.
///
/// Departures: the penalty is the mean over the batch; the authors' code sums.
package struct DSelectK: SharingScheme {
  package static let name = "dselect_k"
  package static let description = (
    idea: "Several trunks shared by all tasks, of which each task learns to select a few.",
    settings: [
      (key: "experts", meaning: "trunks, default 4, 1 to 64"),
      (key: "selected", meaning: "selectors of each task, default 2, 1 to the number of experts"),
      (key: "gamma", meaning: "width of the smooth step, default 1, 1e-3 to 1000"),
      (key: "routing", meaning: "input (by row, default) or task (the same for all rows)"),
      (key: "entropy", meaning: "factor of the selectors' entropy, default 0, 0 to 1000"),
      (key: "reach", meaning: "factor that keeps selectors on experts, default 1, 0 to 1000"),
    ]
  )

  private let expertCount: Int
  private let isByRow: Bool
  private let selector: Selector

  package init(settings: inout SettingsReader) throws(SettingsError) {
    expertCount = try settings.count("experts", default: 4, in: 1...64)
    let selected = try settings.count("selected", default: min(2, expertCount), in: 1...expertCount)
    let gamma = try settings.number("gamma", default: 1, in: 1e-3...1000)
    isByRow = try settings.choice("routing", of: ["input", "task"], default: "input") == "input"
    selector = Selector(
      expertCount: expertCount,
      count: selected,
      gamma: gamma,
      entropy: try settings.number("entropy", default: 0, in: 0...1000),
      reach: try settings.number("reach", default: 1, in: 0...1000)
    )
  }

  package func build(_ network: inout NetworkBuilder) {
    let experts = (0..<expertCount).map { expert in
      network.trunk(on: network.input, at: ModulePath("experts.\(expert)"))
    }
    for task in 0..<network.taskCount {
      let path = "gates.\(task)"
      let gate =
        isByRow
        ? network.selectByRow(selector, path: path, task)
        : network.select(selector, path: path, task)
      network.head(task, on: network.mix(experts, by: gate, path: "mixtures.\(task)"))
    }
  }
}

extension NetworkBuilder {
  fileprivate mutating func selectByRow(_ selector: Selector, path: String, _ task: Int) -> Wire {
    let z = dense(
      input,
      selector.count * selector.bitCount,
      .linear,
      path: "\(path).z",
      .task(task),
      bound: selector.gamma / 100
    )
    let w = dense(
      input,
      selector.count,
      .softmax,
      path: "\(path).w",
      .task(task),
      bound: Selector.startBound
    )
    let q = add(
      "\(path).q",
      reading: [z, w],
      width: selector.expertCount,
      multiplyAdds: selector.count * selector.expertCount * selector.bitCount
    ) { RowSelection($0, selector) }
    if selector.isPenalized {
      penalize { SelectionPenalty($0, selection: "\(path).q", source: "\(path).z") }
    }
    return q
  }

  fileprivate mutating func select(_ selector: Selector, path: String, _ task: Int) -> Wire {
    let zCount = selector.count * selector.bitCount
    let z = TensorPlace(suffix: "z", count: zCount, offset: 0, bound: selector.gamma / 100)
    let w = TensorPlace(
      suffix: "w",
      count: selector.count,
      offset: z.stride,
      bound: Selector.startBound
    )
    let q = add(
      path,
      reading: [],
      form: .columns(selector.expertCount),
      tensors: [z, w],
      .task(task)
    ) { CommonSelection($0, selector) }
    if selector.isPenalized {
      penalize { SelectionPenalty($0, selection: path, source: nil) }
    }
    return q
  }
}
