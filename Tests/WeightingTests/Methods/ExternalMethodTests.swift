import Foundation
import Glibc
import Settings
import Testing

@testable import Weighting

@Suite("external")
struct ExternalMethodTests {
  private static let answers = #"while read step; do echo '{"weights": [0.5, -1.5]}'; done"#

  @Test("a loss weighting weighs heads too, and its objective is the weighted sum")
  func lossFamily() throws {
    var run = try ExternalStep(ExternalStep.ready + Self.answers)
    for _ in 0..<3 {
      let result = run.weigh([2, 4])
      #expect(result.refusal == nil)
      #expect(result.shared == [0.5, -1.5])
      #expect(result.heads == [0.5, -1.5])
      #expect(result.objective == -5)
    }
    #expect(run.method.rule.needs == [])
  }

  @Test("the time that a program is waited for is counted, which is no processor time of ours")
  func waiting() throws {
    var run = try ExternalStep(
      ExternalStep.ready
        + #"while read step; do sleep 0.05; echo '{"weights": [1, 1]}'; done"#
    )
    #expect(run.method.rule.waitedSeconds == 0)
    for _ in 0..<3 { #expect(run.weigh([2, 4]).refusal == nil) }
    #expect(run.method.rule.waitedSeconds >= 0.15)
  }

  @Test("a program that needs the Gramian is a gradient weighting, whose heads are their own")
  func gradientFamily() throws {
    var run = try ExternalStep(ExternalStep.ready + Self.answers, "needs: gramian")
    #expect(run.method.rule.needs == .gramian)
    #expect(run.method.rule.family == .gradient)
    let result = run.weigh([2, 4], gramian: [1, 0, 0, 1])
    #expect(result.shared == [0.5, -1.5])
    #expect(result.heads == [1, 1])
    let other = try ExternalStep(":", "needs: gramian\nfamily: loss")
    #expect(other.method.rule.family == .loss)
  }

  @Test("the greeting names version, tasks, seed and settings")
  func greeting() throws {
    var context = MethodContext(taskCount: 2)
    context.taskKinds = [.regression, .multiclass]
    context.classCounts = [0, 10]
    context.epochSteps = 31
    let table = try YAMLReader.read("{power: 0.50, name: yes, deep: [true, '1']}", file: "s")
    let line = ExternalMessages.greeting(
      context,
      seed: 7,
      offer: .losses,
      family: "loss",
      settings: CanonicalTable(typed: table)
    )
    #expect(
      line == """
        {"classes":[0,10],"epoch_steps":31,"family":"loss","kinds":["regression","multiclass"],\
        "mtlbench":1,"needs":"losses","seed":7,\
        "settings":{"deep":[true,"1"],"name":"yes","power":0.5},"tasks":2}
        """
    )
  }

  @Test("the line of a step has every digit")
  func stepLine() {
    var step = StepStatistics(taskCount: 2)
    step.step = 12
    step.epoch = 1
    step.endsEpoch = true
    step.learningRate = 1e-05
    step.losses = [0.1 + 0.2, Double.leastNonzeroMagnitude]
    step.gramian = [1, -2, -2, 1e300]
    #expect(
      ExternalMessages.step(step, .gramian) == """
        {"step":12,"epoch":1,"ends_epoch":true,"learning_rate":1e-05,\
        "losses":[0.30000000000000004,5e-324],"gramian":[[1.0,-2.0],[-2.0,1e+300]]}
        """
    )
    #expect(!ExternalMessages.step(step, .losses).contains("gramian"))
  }

  @Test("gradients go as float32 in base64, a row a task, and none without a label")
  func gradientLine() {
    var step = StepStatistics(taskCount: 2)
    step.losses = [1, .nan]
    step.isPresent = [true, false]
    step.validationLosses = [0.5, .nan]
    let rows: [Double] = [1, -2, 0.1, 7, 7, 7]
    let matrix = UnsafeMutableBufferPointer<Double>.allocate(capacity: 6)
    defer { matrix.deallocate() }
    for (index, value) in rows.enumerated() { matrix[index] = value }
    step.jacobian = matrix
    step.representation = UnsafeMutableBufferPointer(rebasing: matrix[..<2])
    step.representationGradients = matrix
    let start = #"{"step":0,"epoch":0,"ends_epoch":false,"learning_rate":0.0,"losses":[1.0,null]"#
    // 3f800000, c0000000 and 3dcccccd, byte by byte from the last.
    #expect(
      ExternalMessages.step(step, .jacobian, hasValidation: true)
        == start + #","validation_losses":[0.5,null],"jacobian":["AACAPwAAAMDNzMw9",null]}"#
    )
    #expect(
      ExternalMessages.step(step, .representation)
        == start
        + #","representation":"AACAPwAAAMA=","representation_gradients":["AACAPwAAAMDNzMw9",null]}"#
    )
    var context = MethodContext(taskCount: 2, sharedCount: 3)
    context.representationShape = (rows: 4, columns: 5)
    for (offer, key) in [
      (ExternalOffer.jacobian, #""shared":3"#),
      (.representation, #""representation_shape":[4,5]"#),
    ] {
      let line = ExternalMessages.greeting(
        context,
        seed: 7,
        offer: offer,
        family: "gradient",
        settings: CanonicalTable(),
        isPersistent: true
      )
      #expect(line.contains(key))
      #expect(line.contains(#""persistent":true"#))
    }
  }

  @Test(
    "a program that needs gradients is a gradient weighting",
    arguments: [
      ("jacobian", StepNeeds.jacobian), ("representation", .representation),
    ]
  )
  func needs(word: String, needs: StepNeeds) throws {
    let run = try ExternalStep(":", "needs: \(word)")
    #expect(run.method.rule.needs == needs)
    #expect(run.method.rule.family == .gradient)
  }

  @Test("a persistent program serves run after run, each begun by a greeting")
  func persistent() throws {
    let folder = try ScratchFolder()
    // Answers the number of the greeting, and counts its starts.
    let shell = """
      echo started >> \(folder.path)/starts; n=0; while read line; do case $line in *mtlbench*) n=$((n+1));
      echo '{"mtlbench": 1, "ready": true}';; *) echo "{\\"weights\\": [$n, 0]}";; esac; done
      """
    for number in 1...3 {
      var run = try ExternalStep(shell, "persistent: true")
      #expect(run.weigh([1, 2]).shared == [Double(number), 0])
      #expect(run.weigh([1, 2]).shared == [Double(number), 0])
    }
    ExternalPrograms.end()
    var after = try ExternalStep(shell, "persistent: true")
    #expect(after.weigh([1, 2]).shared == [1, 0])
    // A program for each run, where nothing else is asked for.
    var other = try ExternalStep(shell)
    #expect(other.weigh([1, 2]).shared == [1, 0])
    let starts = try String(contentsOfFile: "\(folder.path)/starts", encoding: .utf8)
    #expect(starts.split(separator: "\n").count == 3)
  }

  @Test(
    "each run of a persistent program has its own waiting, and a failed one keeps what it waited"
  )
  func persistentWaiting() throws {
    // Slow in its first run alone; the second ends with an answer that is none.
    let shell = #"""
      n=0; while read line; do case $line in *mtlbench*) n=$((n+1)); echo '{"mtlbench": 1, "ready": true}';;
      *) if [ $n = 1 ]; then sleep 0.5; echo '{"weights": [1, 1]}'; else sleep 0.01; echo no; fi;; esac; done
      """#
    var waited: [Double] = []
    for number in 1...2 {
      var run = try ExternalStep(shell, "persistent: true")
      #expect((run.weigh([1, 2]).refusal == nil) == (number == 1))
      waited.append(run.method.rule.waitedSeconds)
    }
    #expect(waited[0] >= 0.5)
    #expect(waited[1] >= 0.01 && waited[1] < waited[0])
  }

  @Test("one that has ended meanwhile is started again, and one that fails is not kept")
  func persistentEnd() throws {
    let folder = try ScratchFolder()
    // Ends after a step, as one that leaks may do on purpose.
    let shell = """
      echo started >> \(folder.path)/starts; read greeting; echo '{"mtlbench": 1, "ready": true}'; read step;
      echo '{"weights": [1, 1]}'; exit 0
      """
    for _ in 0..<2 {
      var run = try ExternalStep(shell, "persistent: true")
      #expect(run.weigh([1, 2]).refusal == nil)
    }
    var failing = try ExternalStep(shell, "persistent: true")
    #expect(failing.weigh([1, 2]).refusal == nil)
    #expect(failing.weigh([1, 2]).refusal != nil)
    let starts = try String(contentsOfFile: "\(folder.path)/starts", encoding: .utf8)
    #expect(starts.split(separator: "\n").count == 3)
  }

  @Test("a task without labels has no loss, and its weight is not used")
  func absentTask() throws {
    let echo = #"""
      while read step; do case $step in *'"losses":[2.0,null]'*) echo '{"weights": [0.5, 7]}';; *)
      echo '{"weights": [1, 1]}';; esac; done
      """#
    for (settings, heads) in [("", [0.5, 0]), ("needs: gramian", [1.0, 0])] {
      var run = try ExternalStep(ExternalStep.ready + echo, settings)
      let result = run.weigh([2, .nan], gramian: [1, 0, 0, 0])
      #expect(result.refusal == nil)
      #expect(result.shared == [0.5, 0])
      #expect(result.heads == heads)
      if settings.isEmpty { #expect(result.objective == 1) }
      #expect(run.weigh([2, 4], gramian: [1, 0, 0, 1]).shared == [1, 1])
    }
  }

  @Test("planning starts nothing")
  func lazyStart() throws {
    let folder = try ScratchFolder()
    var run = try ExternalStep("touch \(folder.path)/started; exit 3")
    #expect(!folder.holds("started"))
    #expect(run.weigh([1, 2]).refusal != nil)
    #expect(folder.holds("started"))
  }

  @Test("a program that cannot be found is refused with its place")
  func missing() throws {
    let folder = try ScratchFolder()
    try folder.write("no program", to: "text")
    func refusal(_ word: String) throws -> String? {
      do {
        _ = try ExternalStep(command: [word], folder: folder.path)
        return nil
      } catch let error as SettingsError {
        return error.description
      }
    }
    #expect(
      try refusal("pyhton3")
        == "suite.yaml:1:10: command: no program 'pyhton3' is found along PATH"
    )
    let words = "is found in the suite file's folder"
    #expect(try refusal("./rule") == "suite.yaml:1:10: command: no program './rule' \(words)")
    #expect(try refusal("./text") == "suite.yaml:1:10: command: no program './text' \(words)")
    #expect(try refusal("sh") == nil)
  }

  @Test("a script that is not there is refused with its place")
  func missingScript() throws {
    let folder = try ScratchFolder()
    func refusal(_ words: [String]) throws -> String? {
      do {
        _ = try ExternalStep(command: words, folder: folder.path)
        return nil
      } catch let error as SettingsError {
        return error.description
      }
    }
    #expect(
      try refusal(["sh", "rules/my_rule.py"])
        == "suite.yaml:1:10: command: no file 'rules/my_rule.py' is found in the suite file's folder"
    )
    #expect(try refusal(["sh", "-c", "rule.sh"]) == nil)
    #expect(try refusal(["sh", "--load=rule.sh", "data.csv"]) == nil)
    try folder.write("exit 1", to: "rule.sh")
    #expect(try refusal(["sh", "rule.sh"]) == nil)
  }

  @Test("files that the command names are those of the suite's folder, known by their content")
  func content() throws {
    let folder = try ScratchFolder()
    try folder.write(ExternalStep.ready + Self.answers, to: "rule.sh")
    let command = ["sh", "rule.sh", "no_file", "-"]
    var run = try ExternalStep(command: command, folder: folder.path)
    #expect(run.weigh([1, 2]).shared == [0.5, -1.5])

    var context = MethodContext(taskCount: 2)
    context.folder = folder.path
    var reader = try ExternalStep.reader(command)
    _ = try WeightingRegistry.make("external", context: context, settings: &reader)
    let planned = reader.resolved.json
    #expect(planned.contains(#""command":["sh","rule.sh","no_file","-"],"content":{"rule.sh":"#))
    var again = SettingsReader(try CanonicalTable.table(planned))
    _ = try WeightingRegistry.make("external", context: context, settings: &again)
    #expect(again.resolved == reader.resolved)

    try folder.write("exit 1", to: "rule.sh")
    var changed = SettingsReader(try CanonicalTable.table(planned))
    do {
      _ = try WeightingRegistry.make("external", context: context, settings: &changed)
      Issue.record("accepted")
    } catch {
      let words = "content: 'rule.sh' is not the file it was when the run was planned"
      #expect("\(error)".hasSuffix(words))
    }
  }

  @Test(
    "a program of 3 seconds' sleep is killed when it is silent, and when it will not end",
    .timeLimit(.minutes(1))
  )
  func timeout() throws {
    let silent = ExternalStep.ready + "read step; echo thinking >&2; exec sleep 3"
    #expect(
      try ExternalStep.failure(silent, "timeout: 0.2")
        == "the program gave no answer in 0.2 seconds; its last error: thinking"
    )
    let start = ContinuousClock.now
    let stays = ExternalStep.ready + #"read step; echo '{"weights": [1, 1]}'; exec sleep 3"#
    #expect(try ExternalStep.failure(stays, "timeout: 0.2") == nil)
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test("the program has ended when the method is gone, and leaves no zombie")
  func end() throws {
    let shell = ExternalStep.ready + #"while read step; do echo "{\"weights\": [$$, 1]}"; done"#
    var run: ExternalStep? = try ExternalStep(shell)
    let identifier = pid_t(run?.weigh([1, 2]).shared[0] ?? 0)
    #expect(kill(identifier, 0) == 0)
    run = nil
    #expect(kill(identifier, 0) == -1 && errno == ESRCH)
  }

  @Test("descriptors are given back")
  func descriptors() throws {
    let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    for _ in 0..<60 {
      #expect(try ExternalStep.failure(ExternalStep.ready + Self.answers, steps: 2) == nil)
    }
    // Two for each run would be 120; other tests open a few files meanwhile.
    let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    #expect(after < before + 60)
  }

  @Test("long lines and a chatty program block neither side", .timeLimit(.minutes(1)))
  func longLines() throws {
    let taskCount = 150
    let weights = Array(repeating: "1.5", count: taskCount).joined(separator: ",")
    let chatter = "head -c 300000 /dev/zero | tr '\\0' x >&2; "
    let shell =
      ExternalStep.ready + "while read step; do \(chatter) echo '{\"weights\": [\(weights)]}'; done"
    var run = try ExternalStep(shell, "needs: gramian", taskCount: taskCount)
    let losses = Array(repeating: 1.0, count: taskCount)
    let gramian = Array(repeating: 1.0 / 3, count: taskCount * taskCount)
    for _ in 0..<3 {
      let result = run.weigh(losses, gramian: gramian)
      #expect(result.refusal == nil)
      #expect(result.shared == Array(repeating: 1.5, count: taskCount))
    }
  }

  static let hasPython: Bool = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }
  }()

  @Test(
    "the example in Python weighs by inverse losses",
    .enabled(if: hasPython, "python3 is not installed")
  )
  func python() throws {
    let docs = #filePath.components(separatedBy: "/Tests/")[0] + "/docs"
    let lines = try String(contentsOfFile: "\(docs)/external_method.py", encoding: .utf8)
    #expect(lines.split(separator: "\n", omittingEmptySubsequences: false).count < 20)
    let command = ["python3", "external_method.py"]
    var run = try ExternalStep(command: command, taskCount: 3, folder: docs)
    // 3 (1, 1/2, 1/4) / (7/4)
    #expect(agree(run.weigh([1, 2, 4]).shared, [12.0 / 7, 6.0 / 7, 3.0 / 7]))
    #expect(agree(run.weigh([1, 1, 1]).shared, [1, 1, 1]))
    // 2 (1, 1/3) / (4/3) for the two tasks with labels.
    #expect(agree(run.weigh([1, .nan, 3]).shared, [1.5, 0, 0.5]))
    let failed = run.weigh([1, 0, 1]).refusal?.reason.description ?? ""
    #expect(
      failed.hasPrefix("the program ended with status 1 before the run did; its last error: ")
    )
    #expect(failed.contains("ZeroDivisionError"))
    var square = try ExternalStep(command: command, "settings: {power: 2}", folder: docs)
    #expect(agree(square.weigh([1, 2]).shared, [1.6, 0.4]))
  }
}
