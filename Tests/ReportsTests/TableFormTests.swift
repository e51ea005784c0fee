import Reports
import Testing

@Suite("A table says the same in every form")
struct TableFormTests {
  @Test("in the terminal, numbers align at their points")
  func terminal() {
    let expected = #"""
      Suite 'name_1'

                        Task A          Task B & C                    Overall
                     ─────────────   ────────────────   ───────────────────────────────────
      Method             Acc (%) ↑              MSE ↓   MR ↓          Δm (%) ↓   Time (×) ↓
      ─────────────────────────────────────────────────────────────────────────────────────
      Single-task     91.10 ± 0.21    0.4820 ± 0.0061      –          0 (ref.)          2.0
      ─────────────────────────────────────────────────────────────────────────────────────
      Fixed, equal    90.70 ± 0.24   _0.4700 ± 0.0072   4.00     1.21 ± 0.41 ▾          1.0
      Fixed, tuned   *91.35 ± 0.20   *0.4550 ± 0.0061   1.33   *−3.40 ± 0.40            1.0

      Uncertainty*   *91.35 ± 0.26   *0.4580 ± 0.0083   1.67   *−3.50 ± 0.50            1.0

      GradNorm †      88.10 ± 1.90    0.5100 ± 0.0400      –         8/10 runs          1.6

      Mean ± SE over 10 seeds. Bold: not significantly worse than the best.
      * stands for bold, _ for underlined.
      † 2 of 10 runs diverged; means over the finished runs, no marks.

      """#
    #expect(TableForm.terminal.text(of: TableFixture.layout) == expected)
  }

  @Test("in Markdown, heads name their group")
  func markdown() {
    let expected = #"""
      **Suite 'name\_1'**

      | Method        | Task A: Acc (%) ↑ |      Task B & C: MSE ↓ | Overall: MR ↓ | Overall: Δm (%) ↓ | Overall: Time (×) ↓ |
      |:--------------|------------------:|-----------------------:|--------------:|------------------:|--------------------:|
      | Single-task   |      91.10 ± 0.21 |        0.4820 ± 0.0061 |             – |          0 (ref.) |                 2.0 |
      | Fixed, equal  |      90.70 ± 0.24 | <u>0.4700</u> ± 0.0072 |          4.00 |     1.21 ± 0.41 ▾ |                 1.0 |
      | Fixed, tuned  |  **91.35** ± 0.20 |    **0.4550** ± 0.0061 |          1.33 |  **−3.40** ± 0.40 |                 1.0 |
      | Uncertainty\* |  **91.35** ± 0.26 |    **0.4580** ± 0.0083 |          1.67 |  **−3.50** ± 0.50 |                 1.0 |
      | GradNorm †    |      88.10 ± 1.90 |        0.5100 ± 0.0400 |             – |         8/10 runs |                 1.6 |

      Mean ± SE over 10 seeds. Bold: not significantly worse than the best.

      † 2 of 10 runs diverged; means over the finished runs, no marks.

      """#
    #expect(TableForm.markdown.text(of: TableFixture.layout) == expected)
  }

  @Test("in LaTeX, numbers with errors are pairs of columns")
  func latex() {
    let expected = #"""
      % Needs \usepackage{adjustbox,array,booktabs}.
      \providecommand{\best}[1]{\textbf{#1}}      % not significantly worse than the best
      \providecommand{\second}[1]{\underline{#1}} % best of the others
      \begin{table*}
      \centering
      \caption{Suite 'name\_1'.}
      \label{tab:layout}
      \medskip
      \begin{adjustbox}{max width=\linewidth,max totalheight=0.85\textheight}
      \begin{tabular}{@{}l r@{\,$\pm$\,}l r@{\,$\pm$\,}l r r@{\,$\pm$\,}l r@{}}
      \toprule
       & \multicolumn{2}{c}{Task A} & \multicolumn{2}{c}{Task B \& C} & \multicolumn{4}{c}{Overall} \\
      \cmidrule(lr){2-3}\cmidrule(lr){4-5}\cmidrule(l){6-9}
      Method & \multicolumn{2}{c}{Acc (\%) $\uparrow$} & \multicolumn{2}{c}{MSE $\downarrow$} & MR $\downarrow$ & \multicolumn{2}{c}{$\Delta$m (\%) $\downarrow$} & Time ($\times$) $\downarrow$ \\
      \midrule
      Single-task & 91.10 & 0.21 & 0.4820 & 0.0061 & -- & \multicolumn{2}{c}{0 (ref.)} & 2.0 \\
      \midrule
      Fixed, equal & 90.70 & 0.24 & \second{0.4700} & 0.0072 & 4.00 & 1.21 & 0.41$^{\bigtriangledown}$ & 1.0 \\
      Fixed, tuned & \best{91.35} & 0.20 & \best{0.4550} & 0.0061 & 1.33 & \best{\textminus{}3.40} & 0.40 & 1.0 \\
      \addlinespace
      Uncertainty* & \best{91.35} & 0.26 & \best{0.4580} & 0.0083 & 1.67 & \best{\textminus{}3.50} & 0.50 & 1.0 \\
      \addlinespace
      GradNorm $^\dagger$ & 88.10 & 1.90 & 0.5100 & 0.0400 & -- & \multicolumn{2}{c}{8/10 runs} & 1.6 \\
      \bottomrule
      \end{tabular}
      \end{adjustbox}
      \par\smallskip
      \begin{minipage}{\linewidth}\footnotesize\raggedright
      Mean $\pm$ SE over 10 seeds. Bold: not significantly worse than the best. \\
      $^\dagger$ 2 of 10 runs diverged; means over the finished runs, no marks.
      \end{minipage}
      \end{table*}

      """#
    #expect(TableForm.latex.text(of: TableFixture.layout) == expected)
  }

  @Test("in CSV, all digits and the tests behind the marks")
  func csv() {
    let expected = #"""
      row,group,column,unit,better,mean,se,n,failed,ci_lo,ci_hi,p_vs_best,p_holm,bold,second,text
      Single-task,Task A,a.accuracy,%,higher,91.1,0.21,10,0,90.67999999999999,91.52,,,,,
      Single-task,Task B & C,b.mse,,lower,0.482,0.0061,10,0,0.4698,0.4942,,,,,
      Single-task,Overall,mr,,lower,,,,,,,,,,,
      Single-task,Overall,delta_m,%,lower,,,,,,,,,,,0 (ref.)
      Single-task,,delta_m_flat,%,,,,,,,,,,,,
      Single-task,Overall,time,x,lower,2,,10,0,,,,,,,
      "Fixed, equal",Task A,a.accuracy,%,higher,90.7,0.24,10,0,90.22,91.18,0.004,0.008,0,0,
      "Fixed, equal",Task B & C,b.mse,,lower,0.47,0.0072,10,0,0.45559999999999995,0.4844,,,0,1,
      "Fixed, equal",Overall,mr,,lower,4,,10,0,,,,,,,
      "Fixed, equal",Overall,delta_m,%,lower,1.21,0.41,10,0,0.39,2.03,0.004,0.008,0,0,
      "Fixed, equal",,delta_m_flat,%,,0.605,,10,0,,,,,,,
      "Fixed, equal",Overall,time,x,lower,1,,10,0,,,,,,,
      "Fixed, tuned",Task A,a.accuracy,%,higher,91.35,0.2,10,0,90.94999999999999,91.75,,,1,0,
      "Fixed, tuned",Task B & C,b.mse,,lower,0.455,0.0061,10,0,0.4428,0.4672,,,1,0,
      "Fixed, tuned",Overall,mr,,lower,1.333,,10,0,,,,,,,
      "Fixed, tuned",Overall,delta_m,%,lower,-3.4,0.4,10,0,-4.2,-2.5999999999999996,,,1,0,
      "Fixed, tuned",,delta_m_flat,%,,-1.7,,10,0,,,,,,,
      "Fixed, tuned",Overall,time,x,lower,1,,10,0,,,,,,,
      Uncertainty*,Task A,a.accuracy,%,higher,91.349,0.26,10,0,90.82900000000001,91.869,0.004,0.008,0,0,
      Uncertainty*,Task B & C,b.mse,,lower,0.458,0.0083,10,0,0.4414,0.4746,,,1,0,
      Uncertainty*,Overall,mr,,lower,1.667,,10,0,,,,,,,
      Uncertainty*,Overall,delta_m,%,lower,-3.5,0.5,10,0,-4.5,-2.5,,,1,0,
      Uncertainty*,,delta_m_flat,%,,-1.75,,10,0,,,,,,,
      Uncertainty*,Overall,time,x,lower,1.04,,10,0,,,,,,,
      GradNorm,Task A,a.accuracy,%,higher,88.1,1.9,8,2,84.3,91.89999999999999,,,,,
      GradNorm,Task B & C,b.mse,,lower,0.51,0.04,8,2,0.43,0.59,,,,,
      GradNorm,Overall,mr,,lower,,,,,,,,,,,
      GradNorm,Overall,delta_m,%,lower,,,8,2,,,,,,,
      GradNorm,,delta_m_flat,%,,,,,,,,,,,,
      GradNorm,Overall,time,x,lower,1.6,,10,0,,,,,,,

      """#
    #expect(TableForm.csv.text(of: TableFixture.layout) == expected)
  }

  @Test("in HTML, a page that needs no other file")
  func html() {
    let expected = #"""
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Suite 'name_1'</title>
      <style>
      :root { color-scheme: light dark; --ink: #1a1a1a; --rule: #999; --paper: #fff; --faint: #666; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6e6e6; --rule: #666; --paper: #16181c; --faint: #a0a0a0; }
      }
      body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
      .scroll { overflow-x: auto; }
      table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; margin: 1em 0;
        border: solid var(--ink); border-width: 2px 0; }
      caption { text-align: left; font-weight: 600; padding-bottom: .5em; }
      th, td { padding: .15em .6em; text-align: right; white-space: nowrap; font-weight: 400; }
      th[scope="row"], thead th:first-child { text-align: left; }
      .l, .w, .l th, .w th, .l td, .w td { text-align: left; }
      td.w, .w td { white-space: normal; min-width: 12em; max-width: 48em; }
      th[scope="colgroup"] { text-align: center; border-bottom: 1px solid var(--rule); }
      tbody th, td { vertical-align: top; }
      thead tr:last-child > * { border-bottom: 1px solid var(--ink); vertical-align: bottom; }
      tbody.rule tr:first-child > * { border-top: 1px solid var(--rule); }
      tbody.gap tr:first-child > * { padding-top: .7em; }
      abbr { text-decoration: none; }
      .note { max-width: 60em; color: var(--faint); margin: .3em 0; }
      </style>
      </head>
      <body>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="layout-title">
      <table id="layout">
      <caption id="layout-title">Suite 'name_1'</caption>
      <thead>
      <tr><td></td><th scope="colgroup" colspan="1">Task A</th><th scope="colgroup" colspan="1">Task B &amp; C</th><th scope="colgroup" colspan="3">Overall</th></tr>
      <tr><th scope="col">Method</th><th scope="col"><abbr>Acc (%) ↑</abbr></th><th scope="col"><abbr>MSE ↓</abbr></th><th scope="col"><abbr>MR ↓</abbr></th><th scope="col"><abbr title="mean over tasks of the relative loss">Δm (%) ↓</abbr></th><th scope="col"><abbr>Time (×) ↓</abbr></th></tr>
      </thead>
      <tbody>
      <tr><th scope="row">Single-task</th><td>91.10 ± 0.21</td><td>0.4820 ± 0.0061</td><td>–</td><td>0 (ref.)</td><td>2.0</td></tr>
      </tbody>
      <tbody class="rule">
      <tr><th scope="row">Fixed, equal</th><td>90.70 ± 0.24</td><td><u>0.4700</u> ± 0.0072</td><td>4.00</td><td data-value="1.21">1.21 ± 0.41 ▾</td><td>1.0</td></tr>
      <tr><th scope="row">Fixed, tuned</th><td><strong>91.35</strong> ± 0.20</td><td><strong>0.4550</strong> ± 0.0061</td><td data-value="1.333">1.33</td><td><strong>−3.40</strong> ± 0.40</td><td>1.0</td></tr>
      </tbody>
      <tbody class="gap">
      <tr><th scope="row">Uncertainty*</th><td data-value="91.349"><strong>91.35</strong> ± 0.26</td><td><strong>0.4580</strong> ± 0.0083</td><td data-value="1.667">1.67</td><td><strong>−3.50</strong> ± 0.50</td><td data-value="1.04">1.0</td></tr>
      </tbody>
      <tbody class="gap">
      <tr><th scope="row">GradNorm †</th><td>88.10 ± 1.90</td><td>0.5100 ± 0.0400</td><td>–</td><td>8/10 runs</td><td>1.6</td></tr>
      </tbody>
      </table>
      </div>
      <p class="note">Mean ± SE over 10 seeds. Bold: not significantly worse than the best.</p>
      <p class="note">† 2 of 10 runs diverged; means over the finished runs, no marks.</p>
      </body>
      </html>

      """#
    #expect(TableForm.html.text(of: TableFixture.layout) == expected)
  }

  @Test("in HTML, words stand on the left, long ones on several lines, all else on the right")
  func words() {
    let table = Table(
      name: "words",
      title: "Words",
      columns: ["result", "p", "text", "none"].map { Table.Column(name: $0, head: $0) },
      rows: [
        Table.Row(
          label: "a",
          cells: [
            .text("worse"), .text("<0.001"), .text("words that need more than a line"), .none,
          ]
        ),
        Table.Row(label: "b", cells: [.none, .text("no variance"), .text("few"), .none]),
      ]
    )
    let html = HTMLTable.element(table)
    #expect(html.contains("<th scope=\"col\" class=\"l\"><abbr>result</abbr></th>"))
    #expect(html.contains("<td class=\"l\">worse</td><td>&lt;0.001</td><td class=\"w\">words that"))
    #expect(
      html.contains("<td class=\"l\">–</td><td>no variance</td><td class=\"w\">few</td><td>–</td>")
    )
  }

  @Test("in HTML, what all columns look like is said once, and a brief table has no needless marks")
  func common() {
    let table = Table(
      name: "words",
      title: "Words",
      columns: ["first", "second"].map { Table.Column(name: $0, head: $0) },
      rows: [Table.Row(label: "a", cells: [.text("worse"), .text("class=\"w\"")])]
    )
    let html = HTMLTable.element(table, isBrief: true)
    #expect(html.contains("<table id=\"words\" class=l>"))
    #expect(html.contains("<tr><th scope=col>Method<th scope=col>first<th scope=col>second"))
    #expect(html.contains("<tr><th scope=row>a<td>worse<td>class=&quot;w&quot;"))
  }

  @Test("in a styled terminal, bold and underline are escapes and change no width")
  func styled() {
    let styled = TableForm.terminal.text(of: TableFixture.layout, isStyled: true)
    #expect(styled.contains(" \u{1B}[1m91.35\u{1B}[22m ± 0.20"))
    #expect(styled.contains("\u{1B}[4m0.4700\u{1B}[24m ± 0.0072"))
    #expect(!styled.contains("stands for bold"))
    let escapes = ["\u{1B}[1m", "\u{1B}[22m", "\u{1B}[4m", "\u{1B}[24m"]
    let bare = escapes.reduce(styled) { $0.replacing($1, with: "") }
    let line = "Fixed, tuned   91.35 ± 0.20   0.4550 ± 0.0061   1.33   −3.40 ± 0.40            1.0"
    #expect(bare.contains(line))
  }

  @Test("in a narrow terminal, groups of columns stand under each other")
  func narrow() {
    let expected = #"""
      Suite 'name_1'

                        Task A          Task B & C
                     ─────────────   ────────────────
      Method             Acc (%) ↑              MSE ↓
      ───────────────────────────────────────────────
      Single-task     91.10 ± 0.21    0.4820 ± 0.0061
      ───────────────────────────────────────────────
      Fixed, equal    90.70 ± 0.24   _0.4700 ± 0.0072
      Fixed, tuned   *91.35 ± 0.20   *0.4550 ± 0.0061

      Uncertainty*   *91.35 ± 0.26   *0.4580 ± 0.0083

      GradNorm †      88.10 ± 1.90    0.5100 ± 0.0400

                                   Overall
                     ───────────────────────────────────
      Method         MR ↓          Δm (%) ↓   Time (×) ↓
      ──────────────────────────────────────────────────
      Single-task       –          0 (ref.)          2.0
      ──────────────────────────────────────────────────
      Fixed, equal   4.00     1.21 ± 0.41 ▾          1.0
      Fixed, tuned   1.33   *−3.40 ± 0.40            1.0

      Uncertainty*   1.67   *−3.50 ± 0.50            1.0

      GradNorm †        –         8/10 runs          1.6

      Mean ± SE over 10 seeds. Bold: not significantly worse than
      the best.
      * stands for bold, _ for underlined.
      † 2 of 10 runs diverged; means over the finished runs, no
      marks.

      """#
    #expect(TableForm.terminal.text(of: TableFixture.layout, maximumWidth: 60) == expected)
  }

  @Test("and every cell can say how it came about")
  func explanation() throws {
    var table = TableFixture.layout
    guard case .value(var measure) = table.rows[1].cells[3] else {
      Issue.record("no number where one was put")
      return
    }
    measure.sources = [
      Table.Source(label: "seed 0", value: 1.2, runs: ["00000000000000aa"]),
      Table.Source(label: "seed 1", value: 1.22, runs: ["00000000000000bb", "00000000000000cc"]),
    ]
    table.rows[1].cells[3] = .value(measure)
    let expected = """
      Suite 'name_1'
      Fixed, equal, delta_m
      formula: mean over tasks of the relative loss
      value: 1.21
      standard error: 0.41 over 10 values
      95 % interval: 0.39 to 2.03
      p against the best of the column: 0.004, after Holm 0.008
      seed 0: 1.2, run 00000000000000aa
      seed 1: 1.22, runs 00000000000000bb, 00000000000000cc

      """
    for name in ["delta_m", "Δm", "Overall: Δm"] {
      #expect(try table.explanation(row: "Fixed, equal", column: name) == expected)
    }
    #expect(
      throws: TableError.unknownColumn(
        "x",
        known: ["a.accuracy", "b.mse", "mr", "delta_m", "delta_m_flat", "time"],
        heads: ["Acc", "MSE", "MR", "Δm", "Δm flat", "Time"]
      )
    ) {
      try table.explanation(row: "Fixed, equal", column: "x")
    }
  }
}
