/// The looks of the report: wide and narrow screens, light and dark, paper.
enum PageStyle {
  static let text =
    HTMLTable.style + "\n" + """
      html { scroll-padding-top: 4.5em; }
      body { max-width: 76rem; margin: 0 auto; padding: 0 1.2rem 4rem; }
      h1 { font-size: 1.7rem; margin: 1.2em 0 .2em; }
      h2 { font-size: 1.3rem; margin: 2.2em 0 .5em; padding-top: .5em; border-top: 1px solid var(--rule); }
      h3 { font-size: 1.05rem; margin: 1.6em 0 .4em; }
      h1, h2, h3 { line-height: 1.25; }
      a { color: var(--link); }
      a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
      summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
      :root { --link: #0b5cad; --band: #f3f4f6; }
      @media (prefers-color-scheme: dark) { :root { --link: #8ec5ff; --band: #22262c; } }
      .facts, .lead { color: var(--faint); max-width: 60em; }
      nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1.1em; }
      ul.verdict { max-width: 60em; padding-left: 1.2em; }
      ul.verdict li { margin: .35em 0; }
      .filter { display: flex; flex-wrap: wrap; gap: .5em 1.2em; align-items: center;
        position: sticky; top: 0; z-index: 2; background: var(--band); padding: .5em .8em; border-radius: 6px; }
      .filter[hidden], [hidden] { display: none; }
      .filter label { display: flex; gap: .4em; align-items: center; }
      .filter input, .filter select { font: inherit; color: var(--ink); background: var(--paper);
        border: 1px solid var(--rule); border-radius: 4px; padding: .2em .4em; }
      .filter input { width: 21em; }
      .filter output { color: var(--faint); }
      table { background: var(--paper); font-size: .93em; }
      th, td { padding: .15em .45em; }
      td.w, .w td { padding-bottom: .5em; }
      /* The title of a table that scrolls stays in sight. */
      caption { max-width: min(60em, calc(100vw - 3rem)); white-space: normal; }
      tbody th[scope="row"] { position: sticky; left: 0; background: var(--paper); }
      tbody tr:hover > * { background: var(--band); }
      th button { all: unset; cursor: pointer; font: inherit; position: relative; }
      th button:hover { text-decoration: underline; }
      th button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
      th button::after { position: absolute; left: calc(100% + .1em); }
      th[aria-sort="ascending"] button::after { content: "▴"; }
      th[aria-sort="descending"] button::after { content: "▾"; }
      .filter output.none { color: var(--ink); font-weight: 600; }
      .fold button { font: inherit; font-size: .9em; cursor: pointer; }
      .hint { color: var(--faint); font-size: .88em; margin: .8em 0 -.8em; }
      figure .hint { margin: 0 0 .2em; }
      details.part > summary { list-style-position: outside; border-top: 1px solid var(--rule);
        margin-top: 1.4em; padding-top: .5em; }
      details.part > summary h2 { display: inline; border: 0; padding: 0; }
      /* A shadow at an edge behind which more of the table stands. */
      .scroll { background:
          linear-gradient(to right, var(--paper) 30%, transparent) 0 0 / 40px 100% local no-repeat,
          linear-gradient(to left, var(--paper) 30%, transparent) 100% 0 / 40px 100% local no-repeat,
          linear-gradient(to right, #8886, transparent) 0 0 / 14px 100% scroll no-repeat,
          linear-gradient(to left, #8886, transparent) 100% 0 / 14px 100% scroll no-repeat; }
      .scroll table { background: none; }
      /* As on paper, while the script measures what fits. */
      .paper table { font-size: 7.5pt; } .paper th, .paper td { padding: .1em .35em; }
      .paper thead th, .paper .tight td { white-space: normal; } .paper .tight td { min-width: 4.4em; }
      .symbols { position: absolute; width: 0; height: 0; }
      figure { margin: 1.4em 0; }
      .card { background: #fff; color: #1a1a1a; border: 1px solid var(--rule); border-radius: 6px;
        padding: .5em .5em .9em; overflow-x: auto; width: fit-content; max-width: 100%; box-sizing: border-box; }
      .card svg { display: block; overflow: visible; width: var(--width); max-width: 100%; height: auto;
        fill: none; font: 11px system-ui, "DejaVu Sans", sans-serif; }
      .card text { fill: #000; }
      g[fill] > text { fill: inherit; }
      .card .m { text-anchor: middle; } .card .e { text-anchor: end; }
      /* Light becomes dark and each colour keeps its hue. */
      @media screen and (prefers-color-scheme: dark) {
        .card { background: #101216; color: #e6e6e6; }
        .card svg { filter: invert(.93) hue-rotate(180deg) brightness(1.4); }
      }
      figcaption, .command { color: var(--faint); max-width: 60em; margin-top: .3em; font-size: .93em; }
      code, pre { font: .9em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
      code { overflow-wrap: anywhere; }
      .copy { font: inherit; font-size: .85em; margin-left: .5em; padding: 0 .5em; cursor: pointer; }
      pre { background: var(--band); padding: .8em; border-radius: 6px; overflow-x: auto; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; max-width: 60em; }
      dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
      summary { cursor: pointer; margin: .4em 0; }
      @media (max-width: 600px) {
        body { padding: 0 .7rem 3rem; font-size: 14px; }
        html { scroll-padding-top: 0; }
        .filter { position: static; }
        .filter label, .filter input, .filter select { width: 100%; min-width: 0; }
        .card { width: auto; }
        .card svg { width: max(100%, calc(var(--width) * .7)); max-width: none; }
        th, td { padding: .15em .4em; }
        caption { max-width: calc(100vw - 1.6rem); }
        details.part > summary { list-style-position: inside; }
        tbody th[scope="row"] { min-width: 7em; max-width: 9em; white-space: normal; overflow-wrap: anywhere; }
        dl { grid-template-columns: 1fr; } dd { margin-bottom: .4em; }
      }
      @media print {
        @page { size: A4 landscape; margin: 12mm; }
        :root { --ink: #000; --paper: #fff; --faint: #444; --rule: #999; --band: #fff; --link: #000; }
        body { max-width: none; padding: 0; font-size: 9pt; }
        nav, .filter, .command, .copy, .fold, .hint { display: none; }
        .scroll { background: none; }
        .note, .facts, ul.verdict, figcaption, dl { max-width: 85em; }
        main > section { break-before: page; } main > section:first-of-type { break-before: auto; }
        h2 { border: 0; } h2, h3, summary, caption { break-after: avoid; }
        details.part > summary { border: 0; list-style: none; }
        figure, tr, li, .scroll { break-inside: avoid; }
        .scroll, .card { overflow: visible; border: 0; padding: 0; }
        .card svg { max-height: 170mm; }
        table { font-size: 7.5pt; } th, td { padding: .1em .35em; }
        thead th, .tight td { white-space: normal; } .tight td { min-width: 4.4em; }
        th button::after { content: none; }
        tbody th[scope="row"] { position: static; }
      }
      """
}
