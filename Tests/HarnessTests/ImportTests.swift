import Problems
import Store
import Testing

@testable import Harness

@Suite("Results that were made elsewhere")
struct ImportTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func imported(
    _ text: String,
    file: String = "r.csv",
    singleTask: String? = nil,
    rival: String? = nil,
    higher: [String] = [],
    lower: [String] = []
  ) throws -> ImportedResults {
    try folder.write(text, to: file)
    return try ImportedResults(
      path: folder.file(file),
      ImportOptions(name: "r", singleTask: singleTask, rival: rival, higher: higher, lower: lower)
    )
  }

  /// The message about a file, without its folder.
  private func message(_ text: String, file: String = "r.csv", higher: [String] = []) -> String {
    do {
      _ = try imported(text, file: file, higher: higher)
      return "nothing is wrong"
    } catch {
      return "\(error)".replacing(folder.path + "/", with: "")
    }
  }

  private static let tidy = """
    method,seed,task,metric,value,direction
    STL,1,seg,mIoU,0.50,higher
    STL,1,depth,err,2.0,lower
    equal,1,seg,mIoU,0.52,higher
    equal,1,depth,err,,lower
    uw,1,seg,mIoU,nan,higher
    uw,1,depth,err,2.2,lower

    """

  @Test("a tidy table: methods, tasks, directions, a missing cell and a failed run")
  func tidy() throws {
    let results = try imported(Self.tidy)
    #expect(results.methods == ["STL", "equal", "uw"])
    #expect(results.singleTask == "STL")
    #expect(results.rival == "equal")
    #expect(
      results.metrics.map { "\($0.task) \($0.name) \($0.isHigher ?? false)" } == [
        "seg mIoU true", "depth err false",
      ]
    )
    #expect(results.runs.map { $0.hasFailed } == [false, false, true])
    let place = ImportedResults.Place(task: "depth", metric: "err")
    #expect(results.runs[1].values[place] == .some(nil))
    #expect(results.notices == ["1 of 3 runs failed (NaN or infinite)"])
  }

  @Test("the same as JSON lines, and as a wide table without a direction, is the same")
  func forms() throws {
    let json = """
      {"method": "STL", "seed": 1, "task": "seg", "metric": "mIoU", "value": 0.5, "direction": "max"}
      {"method": "STL", "seed": 1, "task": "depth", "metric": "err", "value": 2}

      {"method": "equal", "seed": 1, "task": "seg", "metric": "mIoU", "value": 0.52}
      {"method": "equal", "seed": 1, "task": "depth", "metric": "err", "value": null}
      {"method": "uw", "seed": 1, "task": "seg", "metric": "mIoU", "value": NaN}
      {"method": "uw", "seed": 1, "task": "depth", "metric": "err", "value": 2.2}
      """
    let wide = """
      Method;seg/mIoU ↑;depth/err ↓
      STL;50 %;2.0 ± 0.1
      equal;52;–
      uw;NaN;2.2
      """
    let tidy = try imported(Self.tidy)
    let lines = try imported(json, file: "r.jsonl")
    let table = try imported(wide, file: "w.csv")
    for other in [lines, table] {
      #expect(other.methods == tidy.methods)
      #expect(
        other.metrics.map { "\($0.task) \($0.name) \($0.isHigher ?? false)" } == [
          "seg mIoU true", "depth err false",
        ]
      )
      #expect(other.runs.map { $0.hasFailed } == [false, false, true])
      #expect(other.runs.map { $0.seed } == [1, 1, 1])
    }
    #expect(
      table.notices.first
        == "what follows ± or a parenthesis in a cell is left out: spreads come from seeds"
    )
  }

  @Test("a column is split at its last slash, else colon, else dot, and never within a number")
  func marks() throws {
    let header =
      "method,normal/within 11.25 ↑,normal/within 22.5 ↑,test.seg.acc,a.b: acc,acc at 0.5"
    let results = try imported("\(header)\nls,1,2,3,4,5\n")
    #expect(
      results.tasksText
        == "normal (within 11.25, within 22.5); test.seg (acc); a.b (acc); acc at 0.5"
    )
  }

  @Test("a second row of a method is its second seed where no column has seeds")
  func seeds() throws {
    let results = try imported("method,acc,Notes\nls,1,x\nls,2,y\nstl,1,\nstl,3,\n")
    #expect(results.runs.map { "\($0.method) \($0.seed)" } == ["ls 1", "ls 2", "stl 1", "stl 2"])
    #expect(results.notices == ["columns that are no metrics are left out: Notes"])
    let named = try imported("method,fold,acc\nls,b,1\nls,a,2\nstl,b,1\n")
    #expect(named.runs.map { $0.seed } == [1, 2, 1])
    #expect(
      named.notices == ["seeds that are no whole numbers are numbered in the order of the file"]
    )
  }

  @Test("is stored as runs of evaluation, single-task networks one a task")
  func stored() throws {
    let store = try makeStore(in: folder)
    let results = try imported(Self.tidy)
    try results.save(to: store)
    try results.save(to: store)
    let runs = try store.evaluationRuns(suite: "r")["r", default: []]
    #expect(
      runs.map { "\($0.method) \($0.taskIndex ?? -1) \($0.end.status)" }.sorted() == [
        "STL 0 finished", "STL 1 finished", "equal -1 finished", "uw -1 diverged",
      ]
    )
    #expect(try store.identities().count == 4)
    #expect(
      try store.methods(of: "r").map { "\($0.label) \($0.group.rawValue)" } == [
        "STL single-task", "equal fixed", "uw loss",
      ]
    )
    let suite = try store.suite(named: "r")
    #expect(suite.settings[SuiteRecord.rivalKey] == "equal")
  }

  @Test(
    "a mistake is named with its line and a remedy",
    arguments: [
      (
        "method,seed\na,1\n",
        "r.csv: expected columns metric and value, or a column of numbers for each metric; columns: method, seed"
      ),
      (
        "name,acc\na,1\n",
        "r.csv: no column says which method a row is of: expected one called method; columns: name, acc"
      ),
      (
        "method,foo,bar\na,1,2\n",
        "r.csv: which way is better is not known of 'foo', 'bar': add a column direction with lower or higher, or --lower foo,bar or --higher …"
      ),
      (
        "method,metric,value\na,acc,1\na,acc,x1\n",
        "r.csv:3: column 'value': expected a number, NaN for a failed run, or nothing; found 'x1'"
      ),
      (
        "method,metric,value,direction\na,foo,1,sideways\n",
        "r.csv:2: expected lower or higher as a direction, found 'sideways'"
      ),
      (
        "method,metric,value,direction\na,foo,1,lower\nb,foo,1,higher\n",
        "r.csv:3: another direction of 'foo' than on line 2"
      ),
      (
        "method,seed,acc\na,1,1\na,1,2\n",
        "r.csv:3: a second value of method 'a', problem 'r', seed 1, 'acc', 'acc'; the first is on line 2. Give runs of one method different seeds"
      ),
      (
        "method,algorithm,acc\na,b,1\n",
        "r.csv: the columns 'method' and 'algorithm' are both taken for the method; rename one of them"
      ),
      ("method,metric,value\n,acc,1\n", "r.csv:2: no method is given"),
    ]
  )
  func mistakes(_ text: String, _ expected: String) {
    #expect(message(text) == expected)
  }

  @Test("mistakes in JSON lines and in options are named too")
  func otherMistakes() {
    #expect(
      message("[{\"method\": 1}]", file: "r.json")
        == "r.json: a JSON array; write one object a line, as pandas does with "
        + "to_json(orient='records', lines=True)"
    )
    #expect(
      message("{\"method\": \"a\", \"value\": [1]}\n", file: "r.jsonl")
        == "r.jsonl:1: 'value': expected a number or a text, found a list or an object"
    )
    #expect(
      message("method,acc\na,1\n", higher: ["ac"])
        == "r.csv: --higher: there is no metric 'ac'; did you mean 'acc'? (found: acc)"
    )
  }
}
