import Testing

@Suite("The command on networks that read images")
struct TrunkTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("check estimates and run trains convolutions on pictures")
  func convolution() throws {
    try folder.write(
      """
      suite: pictures
      training: {steps: 4, batch: 16}
      methods: [equal]
      tuning: {learning_rates: [1e-2], seeds: 1, race: []}
      evaluation: {seeds: 1}
      sweep: {front: false}
      problems:
        - problem: shapes
          train: 64
          validation: 32
          test: 32
          network: {trunk: {kind: conv, channels: [4], dense: [8]}}

      """,
      to: "pictures.yaml"
    )
    let check = try Command.run(["check", "pictures.yaml"], in: folder)
    #expect(check.status == 0, "\(check.error)")
    #expect(check.output.contains("about "))
    let run = try Command.run(["run", "pictures.yaml", "-q"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Suite pictures over 1 problem"))
  }
}
