internal import Reports

/// The end of a run: the overview and the verdict.
enum VerdictText {
  static func tell(_ results: SuiteResults, isVerbose: Bool) {
    let isStyled = Terminal.isOutputStyled
    do throws(TableError) {
      let table = try OverviewTable.table(of: results)
      Terminal.writeStyled("\n" + TableForm.terminal.text(of: table, isStyled: isStyled) + "\n")
    } catch {
      Terminal.writeError("\(error)\n")
    }
    Terminal.writeStyled(Verdict.text(of: results, isVerbose: isVerbose, isStyled: isStyled))
  }
}
