import Kernels
import Networks
import Settings
import Testing

@Suite("Sharing schemes")
struct SharingSchemeTests {
  /// A network of two stages for tasks of 3 and 2 outputs, or more.
  private func make(
    _ text: String,
    tasks: [Int] = [0, 1],
    activation: String = "tanh",
    trunk: [Int] = [6, 5]
  ) throws -> Network {
    let outputs = [3, 2, 4]
    var reader = SettingsReader(
      try YAMLReader.read(
        "{sharing: \(text), trunk: \(trunk), activation: \(activation)}",
        file: "test"
      )
    )
    let network = try Network.make(
      shape: NetworkShape(
        inputCount: 5,
        outputCounts: tasks.map { outputs[$0] },
        taskIndices: tasks,
        batchRows: 7
      ),
      kernels: .best,
      settings: &reader
    )
    network.initialize(seed: 3)
    var stream = RandomStream(seed: 11, purpose: .data)
    let input = network.input
    for row in 0..<input.rows {
      for column in 0..<input.columns {
        input.start[row * input.stride + column] = Float(stream.normal())
      }
    }
    return network
  }

  private func values(_ network: Network, _ name: String) throws -> [Float] {
    let tensor = try #require(network.tensors.first { $0.name == name }, "\(name)")
    return (0..<tensor.outputCount).flatMap { output in
      (0..<tensor.inputCount).map {
        network.parameters.start[tensor.position(output: output, input: $0)]
      }
    }
  }

  private func set(_ network: Network, _ name: String, _ values: [Float]) throws {
    let tensor = try #require(network.tensors.first { $0.name == name }, "\(name)")
    for (index, value) in values.enumerated() {
      let (output, input) = (index / tensor.inputCount, index % tensor.inputCount)
      network.parameters.start[tensor.position(output: output, input: input)] = value
    }
  }

  private func outputs(_ network: Network, of task: Int) -> [Float] {
    network.forward()
    let view = network.outputs(of: task)
    return (0..<view.rows).flatMap { row in
      (0..<view.columns).map { view.start[row * view.stride + $0] }
    }
  }

  /// The first words of the names of shared and of own tensors.
  private func words(_ network: Network) -> (shared: Set<String>, own: Set<String>) {
    func word(_ tensor: NamedTensor) -> String {
      let parts = tensor.name.split(separator: ".")
      let isUnit = ["stitches", "branches"].contains(parts[0])
      let count = parts[0] == "levels" ? 3 : isUnit ? 2 : 1
      return parts.prefix(count).joined(separator: ".")
    }
    let shared = network.tensors.filter { $0.offset < network.sharedCount }
    let own = network.tensors.filter { $0.offset >= network.sharedCount }
    return (Set(shared.map(word)), Set(own.map(word)))
  }

  private static let shared: [(scheme: String, shared: Set<String>, own: Set<String>)] = [
    ("hard", ["trunk"], ["heads"]),
    ("soft", [], ["columns", "heads"]),
    ("cross_stitch", ["columns", "stitches.0"], ["stitches.1", "heads"]),
    ("mmoe", ["experts"], ["gates", "heads"]),
    ("cgc", ["shared_experts"], ["task_experts", "gates", "heads"]),
    (
      "ple",
      [
        "levels.0.shared_experts", "levels.0.shared_gate", "levels.0.task_experts",
        "levels.1.shared_experts",
      ],
      ["levels.0.gates", "levels.1.gates", "levels.1.task_experts", "heads"]
    ),
    ("dselect_k", ["experts"], ["gates", "heads"]),
    ("dselect_k, routing: task", ["experts"], ["gates", "heads"]),
    ("mtan", ["trunk"], ["attention", "heads"]),
    ("ltb", ["columns", "branches.0"], ["branches.1", "heads"]),
    ("low_rank", ["trunk"], ["low_rank", "heads"]),
  ]

  @Test("what is shared follows from the wiring, alone as beside others", arguments: shared.indices)
  func sharing(_ index: Int) throws {
    let (scheme, shared, own) = Self.shared[index]
    for tasks in [[0], [0, 1], [0, 1, 2]] {
      let found = words(try make(scheme, tasks: tasks))
      #expect(found.shared == shared && found.own == own, "\(tasks)")
    }
  }

  @Test("every scheme of the registry is in that list")
  func complete() {
    let listed = Set(Self.shared.map { $0.scheme.split(separator: ",")[0] }.map { String($0) })
    #expect(listed == Set(SharingRegistry.names))
  }

  @Test("the first expert, column or trunk starts as the trunk of hard sharing does")
  func starts() throws {
    let hard = try make("hard")
    for (scheme, path) in [
      ("soft", "columns.1"), ("cross_stitch", "columns.1"), ("mmoe", "experts.0"),
      ("cgc", "shared_experts.0"), ("dselect_k", "experts.0"), ("mtan", "trunk"),
      ("ltb", "columns.1"), ("low_rank", "trunk"),
    ] {
      let network = try make(scheme)
      for module in ["0.weight", "0.bias", "2.weight", "2.bias"] {
        #expect(try values(network, "\(path).\(module)") == values(hard, "trunk.\(module)"))
      }
      for name in ["heads.0.0.weight", "heads.1.0.bias"] {
        #expect(try values(network, name) == values(hard, name), "\(scheme) \(name)")
      }
    }
  }

  @Test("without their own terms schemes compute what plain networks do")
  func reductions() throws {
    let hard = try make("hard")
    let lowRank = try make("low_rank, rank: 2")
    let soft = try make("soft")
    let stitched = try make("cross_stitch")
    for stage in 0..<2 {
      try set(stitched, "stitches.\(stage).0", [1, 0])
      try set(stitched, "stitches.\(stage).1", [0, 1])
    }
    for task in 0..<2 {
      let expected = outputs(hard, of: task)
      #expect(outputs(lowRank, of: task) == expected)
      #expect(outputs(soft, of: task) == expected)
      #expect(outputs(stitched, of: task) == expected)
    }
  }

  @Test("on a trunk of one stage PLE is CGC")
  func oneStage() throws {
    let counts = "shared_experts: 2, task_experts: 2"
    let cgc = try make("cgc, \(counts)", trunk: [6])
    let ple = try make("ple, \(counts)", trunk: [6])
    #expect(ple.parameterCount == cgc.parameterCount && ple.sharedCount == cgc.sharedCount)
    for task in 0..<2 { #expect(outputs(ple, of: task) == outputs(cgc, of: task)) }
  }

  @Test("columns that start equal are not drawn apart by the penalty")
  func softStart() throws {
    let soft = try make("soft, lambda: 10")
    #expect(abs(soft.penalty) < 1e-5)
    soft.addPenaltyGradient()
    let largest = (0..<soft.parameterCount).reduce(Float(0)) {
      max($0, abs(soft.gradient.start[$1]))
    }
    #expect(largest < 1e-5)
  }

  /// The penalties are smooth away from their start; their central differences are exact to h^4.
  @Test(
    "a penalty's gradient is its central difference, and reaches own parameters only",
    arguments: [
      "soft, lambda: 0.3", "soft, lambda: 0.3, tie: trace_norm",
      "dselect_k, experts: 3, entropy: 0.2, reach: 0.5",
      "dselect_k, experts: 4, entropy: 0.2",
      "dselect_k, experts: 5, routing: task, entropy: 0.2, reach: 0.5",
    ]
  )
  func penalties(_ scheme: String) throws {
    let network = try make(scheme, tasks: [0, 1, 2])
    var stream = RandomStream(seed: 5, purpose: .data)
    let positions = network.tensors.flatMap { tensor in
      (0..<tensor.inputCount).flatMap { input in
        (0..<tensor.outputCount).map { tensor.position(output: $0, input: input) }
      }
    }
    for position in positions {
      network.parameters.start[position] += Float(0.05 * stream.normal())
    }
    network.forward()
    network.addPenaltyGradient()
    let gradient = positions.map { Double(network.gradient.start[$0]) }
    #expect(gradient.contains { abs($0) > 1e-3 })
    for (position, value) in zip(positions, gradient) {
      let parameter = network.parameters.start + position
      let start = parameter.pointee
      func penalty(_ step: Float) -> Double {
        parameter.pointee = start + step
        defer { parameter.pointee = start }
        network.forward()
        return network.penalty
      }
      let near = (penalty(0x1p-7) - penalty(-0x1p-7)) * 0x1p6
      let far = (penalty(0x1p-6) - penalty(-0x1p-6)) * 0x1p5
      let difference = (4 * near - far) / 3
      #expect(abs(difference - value) <= abs(near - far) + 2e-4, "\(position): \(value)")
      if position < network.sharedCount { #expect(value == 0) }
    }
  }

  @Test("draws depend on seed and step alone, and take one whole column")
  func branches() throws {
    let network = try make("ltb")
    func drawn(_ step: Int) -> [Float] {
      network.draw(atStep: step)
      return outputs(network, of: 0)
    }
    for index in ["0.weight", "2.weight"] {
      let column = try values(network, "columns.1.\(index)")
      #expect(try values(network, "columns.0.\(index)") == column)
    }
    // Columns start equal, so that every branch gives the same features: move one of them.
    #expect(drawn(0) == drawn(0) && drawn(0) == drawn(1))
    try set(network, "columns.1.2.bias", [1, 1, 1, 1, 1])
    let found = (0..<20).map { drawn($0) }
    #expect(Set(found).count == 2 && found == (0..<20).map { drawn($0) })
  }

  @Test("evaluation takes the branch of the largest logit, the first of equals")
  func likeliestBranch() throws {
    let network = try make("ltb")
    try set(network, "columns.1.2.bias", [1, 1, 1, 1, 1])
    let evaluator = network.makeEvaluator(rowCount: 7)
    func evaluated() -> [Float] {
      evaluator.evaluate(network.input)
      let view = evaluator.outputs[0]
      return (0..<view.rows * view.columns).map {
        view.start[$0 / view.columns * view.stride + $0 % view.columns]
      }
    }
    let first = evaluated()
    try set(network, "branches.1.0", [0, 0.1])
    let second = evaluated()
    #expect(first != second)
    try set(network, "branches.1.0", [0.1, 0.1])
    #expect(evaluated() == first)
  }
}
