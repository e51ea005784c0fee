import Testing

@testable import Weighting

@Suite("A rule of ours in another program's training")
struct WeighingConversationTests {
  private func answers(_ lines: String...) -> [String] {
    var conversation = WeighingConversation()
    return lines.map { conversation.answer($0) }
  }

  private static let gramian = #"{"gramian": [[4, -1], [-1, 9]]}"#
  private static let ready = #"{"mtlbench":1,"ready":true}"#

  @Test("weighs inner products, and a Jacobian with its direction")
  func steps() {
    let greeting = #"{"mtlbench": 1, "method": "mgda", "tasks": 2}"#
    let found = answers(
      greeting,
      #"{"gramian": [[1, 0], [0, 3]], "losses": [1, 2]}"#,
      greeting,
      #"{"jacobian": [[1, 0, 0], [0, 0, 2]]}"#
    )
    #expect(found[0] == Self.ready)
    #expect(found[1] == #"{"weights":[0.75,0.25]}"#)
    #expect(found[3] == #"{"direction":[0.8,0,0.4],"weights":[0.8,0.2]}"#)
  }

  @Test("keeps the state from step to step, until the next greeting")
  func state() {
    let greeting = #"{"mtlbench": 1, "method": "famo", "tasks": 2, "learning_rate": 0.1}"#
    let step =
      #"{"gramian": [[1, 0], [0, 1]], "losses": [1, 2], "losses_after": [1, 1], "ends_epoch": false}"#
    let found = answers(greeting, step, step, greeting, step)
    #expect(found[1] != found[2])
    #expect(found[1] == found[4])
  }

  @Test("takes settings and scale, and says what is wrong with them")
  func greetings() {
    let found = answers(
      #"{"mtlbench": 1, "method": "static", "tasks": 2, "settings": {"weights": [1, 3]}, "scale": "fixed_sum"}"#,
      Self.gramian,
      #"{"mtlbench": 1, "method": "static", "tasks": 2}"#,
      #"{"mtlbench": 1, "method": "external", "tasks": 2}"#,
      #"{"mtlbench": 2, "method": "equal", "tasks": 2}"#
    )
    #expect(found[1] == #"{"weights":[0.5,1.5]}"#)
    #expect(
      found[2].hasPrefix(
        #"{"mtlbench":1,"ready":false,"reason":"line:1:1: settings.weights: missing"#
      )
    )
    #expect(found[3].contains("'external' is a program of yours; ask it yourself"))
    #expect(found[4].contains("expected version 1, found 2"))
  }

  @Test("a task without labels has no weight, and is not asked about")
  func absent() {
    let found = answers(
      #"{"mtlbench": 1, "method": "mgda", "tasks": 3}"#,
      #"{"gramian": [[1, 0, 0], [0, 0, 0], [0, 0, 3]], "losses": [1, null, 2]}"#
    )
    #expect(found[1] == #"{"weights":[0.75,0,0.25]}"#)
  }

  @Test("a step that the rule refuses leaves its state")
  func refused() {
    let found = answers(
      #"{"mtlbench": 1, "method": "gls", "tasks": 2}"#,
      #"{"gramian": [[1, 0], [0, 1]], "losses": [-1, 2]}"#,
      #"{"gramian": [[1, 0], [0, 1]], "losses": [1, 2]}"#
    )
    #expect(found[1].hasPrefix(#"{"refused":"task 1: "#))
    #expect(found[2].hasPrefix(#"{"weights":["#))
  }

  @Test(
    "lines that cannot be read are answered by what was expected",
    arguments: [
      ("hello", "line:1:1: expected keys and values, found 'hello'"),
      (#"{"gramian": [[1]]}"#, "line:1:13: gramian: expected 2 rows, one for each task, found 1"),
      (#"{"gramian": [[1, 2], [1]]}"#, "line:1:22: gramian[1]: expected 2 numbers, found 1"),
      (#"{"gramian": [[1, x], [1, 1]]}"#, "line:1:18: gramian[0][1]: expected a number, found 'x'"),
      (
        #"{"gramian": [[1, 0], [0, 1]], "loses": [1, 2]}"#,
        "line:1:31: unknown key 'loses'; did you mean 'losses'?"
      ),
      (#"{}"#, "line:1:1: jacobian: expected 2 rows, one for each task, found 0"),
    ]
  )
  func mistakes(line: String, words: String) {
    let found = answers(#"{"mtlbench": 1, "method": "equal", "tasks": 2}"#, line, Self.gramian)
    #expect(found[1].contains(words), "\(found[1])")
    #expect(found[2] == #"{"weights":[1,1]}"#)
  }

  @Test("a step before the greeting, and one that gives too little, name what is missing")
  func order() {
    #expect(answers(Self.gramian)[0].contains("expected a greeting first"))
    let found = answers(#"{"mtlbench": 1, "method": "graddrop", "tasks": 2}"#, Self.gramian)
    #expect(found[1].contains("graddrop needs the task gradients themselves: give a jacobian"))
  }

  @Test(
    "what cannot be inner products is refused with its place",
    arguments: [
      (
        #"{"gramian": [[1, 2], [3, 4]]}"#,
        "gramian[1][0]: expected 2.0 as in [0][1], since inner products are symmetric, found 3.0; give"
      ),
      (
        #"{"gramian": [[1, 0], [0, -4]]}"#,
        "gramian[1][1]: expected the squared norm of a gradient, 0 or more, found -4.0"
      ),
    ]
  )
  func gramians(line: String, words: String) {
    let found = answers(
      #"{"mtlbench": 1, "method": "equal", "tasks": 2}"#,
      line,
      #"{"gramian": [[4, -1.000001], [-1, 9]]}"#,
      #"{"gramian": [[4, 7], [-1, 9]], "losses": [1, null]}"#
    )
    #expect(found[1].contains(words), "\(found[1])")
    #expect(found[2] == #"{"weights":[1,1]}"#)
    #expect(found[3].contains("weights"))
  }

  @Test("a session stays with what it began with")
  func kinds() {
    let jacobian = #"{"jacobian": [[1, 0], [0, 2]]}"#
    let greeting = #"{"mtlbench": 1, "method": "equal", "tasks": 2}"#
    let found = answers(greeting, Self.gramian, jacobian, greeting, jacobian, Self.gramian)
    #expect(
      found[2].contains("jacobian: this session began with a gramian: give that at every step")
    )
    #expect(
      found[5].contains("gramian: this session began with a jacobian: give that at every step")
    )
  }
}
