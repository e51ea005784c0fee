/// The report's script: sorts tables by their heads and filters by problem and method.
///
/// The page says everything without it.
enum PageScript {
  static let text = """
    (() => {
      "use strict";
      const clean = (text) => text.replace("†", "").trim().toLowerCase();
      const tables = [...document.querySelectorAll("table")].filter((table) => table.tHead);

      // A cell's full number, else its words; nothing to compare where it is a dash.
      const key = (row, index) => {
        const cell = row.cells[index];
        if (cell.dataset.value !== undefined) return Number(cell.dataset.value);
        const text = clean(cell.textContent);
        return text === "–" || text === "" ? null : text;
      };
      const compare = (a, b, sign) => {
        if (a === null || b === null) return (a === null) - (b === null);
        if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
        return sign * (typeof a === "number" ? a - b
          : a.localeCompare(b, "en", { numeric: true }));
      };

      for (const table of tables) {
        const head = table.tHead.rows[table.tHead.rows.length - 1];
        const asWritten = [...table.tBodies].map((body) => [body, [...body.rows]]);
        const sort = (cell, index) => {
          const order = { none: "ascending", ascending: "descending", descending: "none" };
          const next = order[cell.getAttribute("aria-sort") || "none"];
          for (const other of head.cells) other.removeAttribute("aria-sort");
          for (const [body, rows] of asWritten) body.append(...rows);
          if (next === "none") return;
          cell.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1;
          const rows = asWritten.flatMap(([, rows]) => rows);
          rows.sort((a, b) => compare(key(a, index), key(b, index), sign));
          asWritten[0][0].append(...rows);
        };
        [...head.cells].forEach((cell, index) => {
          const button = document.createElement("button");
          button.type = "button";
          button.append(...cell.childNodes);
          cell.append(button);
          button.addEventListener("click", () => sort(cell, index));
        });
      }

      const form = document.getElementById("filter");
      const problem = form.elements.problem;
      const method = form.elements.method;
      const filter = () => {
        for (const part of document.querySelectorAll("[data-problem]")) {
          part.hidden = problem.value !== "" && part.dataset.problem !== problem.value;
        }
        const wanted = method.value.split(",").map(clean).filter((word) => word !== "");
        let shown = 0, count = 0;
        for (const table of tables) {
          const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
          if (clean(heads[0].textContent) !== "method") continue;
          const place = heads.findIndex((head) => clean(head.textContent) === "problem");
          for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
            const label = clean(row.cells[0].textContent);
            const isOther = place > 0 && problem.value !== ""
              && row.cells[place].textContent.trim() !== problem.value;
            row.hidden = isOther
              || (wanted.length > 0 && !wanted.some((word) => label.includes(word)));
            count += 1;
            shown += row.hidden ? 0 : 1;
          }
        }
        form.elements.said.value =
          wanted.length > 0 ? `${shown} of ${count} table rows match` : "";
      };
      // Works without the clipboard's permission, which a page opened from a file does not have.
      for (const text of document.querySelectorAll("pre, dd > code")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "copy";
        button.textContent = "Copy";
        button.addEventListener("click", () => {
          const range = document.createRange();
          range.selectNodeContents(text);
          const selection = window.getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
          button.textContent = document.execCommand("copy") ? "Copied" : "Selected";
        });
        text.after(button);
      }
      form.addEventListener("input", filter);
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", () => setTimeout(filter));
      form.hidden = false;
      filter();
    })();
    """
}
