internal import Reports

/// The end of a run: the overview and the verdict.
enum VerdictText {
  static func tell(_ results: SuiteResults, isVerbose: Bool) {
    let isStyled = Terminal.isOutputStyled
    // Without single-task training every cell of the overview would be a dash.
    if results.problems.contains(where: { $0.reference != nil }) { tellOverview(results) }
    Terminal.writeStyled(
      Verdict.text(
        of: results,
        isVerbose: isVerbose,
        isStyled: isStyled,
        width: Terminal.outputWidth
      )
    )
  }

  private static func tellOverview(_ results: SuiteResults) {
    let isStyled = Terminal.isOutputStyled
    do throws(TableError) {
      let table = try OverviewTable.table(of: results)
      let text = TableForm.terminal.text(
        of: table,
        isStyled: isStyled,
        maximumWidth: Terminal.outputWidth
      )
      Terminal.writeStyled("\n" + text + "\n")
    } catch {
      Terminal.writeError("\(error)\n")
    }
  }
}
