// The grid of paper entry: a typed digit leads on to the next cell, Enter too, arrows up and down; the level is marked.
const grid = document.querySelector("[data-grid]");
const cells = [...grid.querySelectorAll("[data-cell]")];
const single = (cell) => cell.closest("tr").querySelectorAll("[data-number]").length <= 10;

function mark(cell) {
  for (const level of cell.closest("tr").querySelectorAll("[data-number]")) {
    level.classList.toggle("is-chosen", level.dataset.number === cell.value.trim());
  }
}

function go(cell, by) {
  const next = cells[cells.indexOf(cell) + by] ?? grid.querySelector("[name^='t-']");
  next.focus();
  next.select();
}

grid.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-cell]")) return;
  mark(target);
  if (single(target) && /^[0-9]$/.test(target.value)) go(target, 1);
});
grid.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-cell]")) return;
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  go(event.target, by);
});
for (const cell of cells) mark(cell);
(cells.find((cell) => !cell.value) ?? cells[0]).focus();
