import Testing

@testable import Problems

@Suite("Dates")
struct DateTests {
  /// Year, month, day and hour, with a pair of which the day is first.
  private func parts(_ text: String) -> [Double?]? {
    guard let parts = DateText.parts(of: text)?.ordered(dayFirst: true) else { return nil }
    return [parts.year, parts.month, parts.day].map { $0.map { Double($0) } } + [parts.hour]
  }

  @Test("every form is taken apart")
  func forms() {
    #expect(parts("2024-03-01") == [2024, 3, 1, nil])
    #expect(parts("2024-03-01T14:30:59.5+01:00") == [2024, 3, 1, 14.5])
    #expect(parts("1.3.2024 2:30 pm") == [2024, 3, 1, 14.5])
    #expect(parts("12:30 AM") == [nil, nil, nil, 0.5])
    #expect(parts("01/03/24") == [2024, 3, 1, nil])
    #expect(parts("01/03/71") == [1971, 3, 1, nil])
    #expect(parts("1 Mar 2024") == [2024, 3, 1, nil])
    #expect(parts("Fri, March 1, 2024") == [2024, 3, 1, nil])
    #expect(parts("Mar 2024") == [2024, 3, nil, nil])
    #expect(parts("Mar-24") == [2024, 3, nil, nil])
    #expect(parts("2024-03") == [2024, 3, nil, nil])
    #expect(parts("2024Q2") == [2024, 4, nil, nil])
    #expect(parts("2024-W05") == [2024, 2, nil, nil])
    #expect(parts("12.5") == nil)
  }

  @Test("weekdays are those of the calendar")
  func weekdays() {
    for (text, weekday) in [
      ("2024-03-01", 5), ("2000-01-01", 6), ("1970-01-01", 4), ("2024-02-29", 4), ("1900-12-31", 1),
      ("2026-11-29", 7),
    ] {
      #expect(DateText.parts(of: text)?.weekday == weekday, "\(text)")
    }
  }

  @Test("a column of dates is columns of numbers on request, and is named")
  func split() throws {
    let text =
      "when,x,y\n"
      + (0..<60).map { i in
        let date = i == 5 ? "soon" : "\(i % 28 + 1)/\(i % 12 + 1)/2024 \(i % 24):00"
        return "\(date),\(i * i % 17),\(i * 7 % 5).5\n"
      }.joined()
    let problem = try csvProblem(text, "targets: [y]\ndates: split")
    let names = ["when.month", "when.day", "when.weekday", "when.hour", "x"]
    #expect(try problem.makeData(seed: 1).inputNames == names)
    #expect(problem.inputSummaries.map { $0.missingCount } == [1, 1, 1, 1, 0])
    #expect(
      problem.notices == [
        "column 'when' is taken apart into month, day, weekday, hour; 1 cell is no date, and missing"
      ]
    )
  }

  @Test("dates of which no one tells day from month are refused")
  func ambiguous() throws {
    let text =
      "when,y\n"
      + (0..<60).map { "\($0 % 12 + 1)/\($0 * 5 % 12 + 1)/2024,\($0 * 7 % 5).5\n" }.joined()
    let error = #expect(throws: CSVError.self) {
      try csvProblem(text, "targets: [y]\ndates: split")
    }
    #expect(
      try #require(error).description.hasSuffix(
        "column 'when': dates such as '1/1/2024', of which no one tells day from month; write them "
          + "as 2024-12-31, or set dates: leave_out"
      )
    )
  }
}
