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
        const number = text.replace("−", "-").match(/^-?[0-9.]+(e[0-9]+)?(?= ±|$)/);
        if (number !== null) return Number(number[0]);
        return text === "–" || text === "" ? null : text;
      };
      const compare = (a, b, sign) => {
        if (a === null || b === null) return (a === null) - (b === null);
        if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
        return sign * (typeof a === "number" ? a - b
          : a.localeCompare(b, "en", { numeric: true }));
      };

      // How numbers are computed is written once for the tables of a kind, those of the first problem.
      for (const table of tables) {
        const first = document.getElementById(table.id.replace(/^problem-[0-9]+-/, "problem-1-"));
        if (first === null || first === table || first.tHead === null) continue;
        const titles = {};
        for (const head of first.tHead.querySelectorAll("abbr")) titles[head.textContent] = head.title;
        for (const head of table.tHead.rows[table.tHead.rows.length - 1].cells) {
          if (titles[head.textContent]) head.title = titles[head.textContent];
        }
      }

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
          wanted.length === 0 ? ""
          : shown === 0 ? `No method matches "${method.value.trim()}"; the tables are empty`
          : `${shown} of ${count} table rows match`;
        form.elements.said.className = wanted.length > 0 && shown === 0 ? "none" : "";
        hintSoon();
      };

      // A link into a closed part opens it, when it is followed again too, and so does paper.
      const parts = [...document.querySelectorAll("details.part")];
      const follow = () => {
        const id = decodeURIComponent(location.hash.slice(1));
        const target = id === "" ? null : document.getElementById(id);
        const part = target === null ? null : target.closest("details.part");
        if (part !== null && !part.open) { part.open = true; target.scrollIntoView(); }
      };
      window.addEventListener("hashchange", follow);
      for (const link of document.querySelectorAll("a[href^='#']")) {
        link.addEventListener("click", () => setTimeout(follow));
      }
      // Nothing scrolls on paper: what is wider than a page has its cells on two lines and is made smaller.
      const pageWidth = 1025;
      let closed = [], fitted = [];
      window.addEventListener("beforeprint", () => {
        closed = parts.filter((part) => !part.open);
        for (const part of closed) part.open = true;
        document.documentElement.classList.add("paper");
        const wide = (list) => list.map((table) => [table, table.offsetWidth])
          .filter(([, width]) => width > pageWidth).map(([table]) => table);
        fitted = wide([...document.querySelectorAll("table")]);
        for (const table of fitted) table.classList.add("tight");
        for (const [table, width] of fitted.map((table) => [table, table.offsetWidth])) {
          table.style.zoom = Math.min(1, pageWidth / width);
        }
        document.documentElement.classList.remove("paper");
      });
      window.addEventListener("afterprint", () => {
        for (const part of closed) part.open = false;
        for (const table of fitted) { table.classList.remove("tight"); table.style.zoom = ""; }
      });
      const fold = document.querySelector(".fold");
      fold.hidden = parts.length < 2;
      for (const button of fold.querySelectorAll("button")) {
        button.addEventListener("click", () => {
          for (const part of parts) part.open = button.dataset.open !== "";
        });
      }

      // How many columns of a table are out of sight, and that a picture goes on.
      const boxes = [...document.querySelectorAll(".scroll, .card")].map((box) => {
        const said = document.createElement("p");
        said.className = "hint";
        said.hidden = true;
        box.before(said);
        return [box, said];
      });
      const words = (box) => {
        // Nothing is measured in a closed part.
        if (box.closest("details:not([open])") !== null || box.scrollWidth <= box.clientWidth + 1) return "";
        const edge = box.getBoundingClientRect().right + 1;
        const table = box.querySelector("table");
        if (table === null) {
          return box.scrollLeft + box.clientWidth + 1 < box.scrollWidth
            ? "More on the right: scroll the picture →" : "";
        }
        const cells = table.tHead === null ? [] : [...table.tHead.rows[table.tHead.rows.length - 1].cells];
        const out = cells.filter((cell) => cell.getBoundingClientRect().right > edge).length;
        return out === 0 ? "" : out === 1 ? "1 more column on the right: scroll the table →"
          : `${out} more columns on the right: scroll the table →`;
      };
      // All is measured before anything changes, else the page is laid out anew for each table.
      const hint = () => {
        const all = boxes.map(([box, said]) => [said, words(box)]);
        for (const [said, text] of all) {
          if (said.textContent === text) continue;
          said.textContent = text;
          said.hidden = text === "";
        }
      };
      let isAsked = false;
      const hintSoon = () => {
        if (isAsked) return;
        isAsked = true;
        requestAnimationFrame(() => { isAsked = false; hint(); });
      };
      for (const [box] of boxes) box.addEventListener("scroll", hintSoon, { passive: true });
      window.addEventListener("resize", hintSoon);
      for (const part of document.querySelectorAll("details")) {
        part.addEventListener("toggle", hintSoon);
      }
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
          setTimeout(() => { button.textContent = "Copy"; }, 2000);
        });
        text.after(button);
      }
      form.addEventListener("input", filter);
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", () => setTimeout(filter));
      form.hidden = false;
      filter();
      follow();
    })();
    """
}
