// A list of units becomes a search that forgives missing marks. The list itself keeps the value; it comes back into
// sight when the search cannot be reached.
function areaPicker(select) {
  const id = select.id;
  const field = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  const live = document.createElement("p");
  let asked = null;
  let active = -1;
  const named = () => (select.value ? select.selectedOptions[0].textContent.trim() : "");
  const lines = () => [...list.querySelectorAll("[role=option]")];

  field.className = "area-picker";
  select.before(field);
  select.id = `${id}-gia-tri`;
  select.hidden = true;
  live.className = "visually-hidden";
  live.setAttribute("role", "status");
  list.className = "area-options";
  list.id = `${id}-danh-sach`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Đơn vị tìm thấy");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  Object.assign(input, { type: "text", id, className: "form-control", autocomplete: "off", value: named() });
  input.placeholder = "Gõ tên, có dấu hoặc không dấu";
  const marks = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(marks)) input.setAttribute(name, value);
  field.append(input, list, live);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(line) {
    select.value = line.dataset.value;
    input.value = named();
    select.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }
  function point(step) {
    const found = lines();
    if (!found.length) return;
    active = (active + step + found.length) % found.length;
    found.forEach((line, at) => line.setAttribute("aria-selected", String(at === active)));
    found[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", found[active].id);
  }
  function show(html) {
    list.innerHTML = html;
    const offered = new Set([...select.options].map((option) => option.value));
    for (const line of lines()) if (!offered.has(line.dataset.value)) line.remove();
    const count = lines().length;
    if (!count && !list.querySelector("[data-none]")) {
      list.innerHTML = '<li class="muted" data-none>Không có đơn vị nào như vậy trong các đơn vị được chọn.</li>';
    }
    lines().forEach((line, at) => (line.id = `${list.id}-${at}`));
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    live.textContent = count ? `${count} đơn vị` : list.textContent;
  }
  function giveUp() {
    close();
    field.hidden = true;
    input.id = `${id}-tim`;
    select.id = id;
    select.hidden = false;
  }
  async function search() {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams({ q: input.value.trim(), ngay: select.dataset.day ?? "" });
    for (const option of select.options) if (option.value) query.append("trong", option.value);
    try {
      const answer = await fetch(`${select.dataset.areas}?${query}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      show(await answer.text());
    } catch (fault) {
      if (fault.name !== "AbortError") giveUp();
    }
  }

  let typing;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, 250);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) search();
      else point(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      const found = lines();
      if (found.length) choose(found[Math.max(active, 0)]);
    } else if (event.key === "Escape") close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) choose(line);
  });
  input.addEventListener("blur", () => {
    close();
    if (!input.value.trim()) select.value = "";
    input.value = named();
  });
}
for (const select of document.querySelectorAll("select[data-areas]")) areaPicker(select);
