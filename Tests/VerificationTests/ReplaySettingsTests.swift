import Settings
import Testing
import Weighting

@testable import Verification

@Suite("Words of reference files as settings")
struct ReplaySettingsTests {
  @Test("keys are renamed, numbers repeated for every task, and words for defaults left out")
  func translation() throws {
    let hyper = try JSONText.parse(
      #"{"lr": 0.025, "eps": 1e-08, "lower_bound": 0, "betas": [0.9, 0.999], "batches": [0, 1]}"#
    )
    var reader = try ReplaySettings.reader(
      method: "famo",
      variant: "adam",
      hyper: hyper,
      taskCount: 2,
      extra: [("heads", "own")]
    )
    #expect(try reader.number("learning_rate", default: nil, in: 0...1) == 0.025)
    #expect(try reader.number("eps", default: nil, in: 0...1) == 1e-8)
    #expect(try reader.numbers("lower_bound", default: nil, in: 0...1, count: 2...2) == [0, 0])
    #expect(try reader.numbers("betas", default: nil, in: 0...1, count: 2...2) == [0.9, 0.999])
    #expect(try reader.text("scale") == "native")
    #expect(try reader.text("heads") == "own")
    try reader.finish()
  }

  @Test("whole numbers can be read as counts")
  func counts() throws {
    let hyper = try JSONText.parse(#"{"warmup_epochs": 1.0}"#)
    var reader = try ReplaySettings.reader(
      method: "stch",
      variant: "log_nadir",
      hyper: hyper,
      taskCount: 2
    )
    #expect(try reader.count("warmup_epochs", default: nil, in: 0...9) == 1)
    #expect(try reader.text("form") == "log_nadir")
  }

  @Test("an unknown variant, and a value that is fixed in this build, cannot be replayed")
  func unreplayable() throws {
    #expect(throws: ReplaySettings.Unreplayable.self) {
      try ReplaySettings.reader(method: "gradnorm", variant: "new", hyper: nil, taskCount: 2)
    }
    let hyper = try JSONText.parse(#"{"meta_optimizer": "sgd"}"#)
    #expect(throws: ReplaySettings.Unreplayable.self) {
      try ReplaySettings.reader(method: "auto_lambda", variant: nil, hyper: hyper, taskCount: 2)
    }
  }

  @Test("the look-ahead difference of a case is the method's")
  func difference() throws {
    let hyper = try JSONText.parse(#"{"finite_difference": 0.02, "meta_optimizer": "adam"}"#)
    let method = try ReplaySettings.method(
      "auto_lambda",
      variant: "finite_difference",
      hyper: hyper,
      context: MethodContext(taskCount: 2)
    )
    #expect(method.rule.needs.lookAhead?.difference == 0.02)
  }

  @Test("states go by this build's names")
  func stateNames() {
    #expect(ReplaySettings.stateName("log_var") == "log_variance")
    #expect(ReplaySettings.stateName("scale") == "log_scale")
    #expect(ReplaySettings.stateName("logits_after") == "logits")
    #expect(ReplaySettings.stateName("sigma") == "sigma")
  }
}
