// The scoring page: one criterion at a time, each choice saved by itself. What cannot be sent waits in this browser,
// keyed by person and sheet, until the server has acknowledged it.
const page = document.querySelector("[data-scoring]");
const items = [...page.querySelectorAll("[data-criterion]")];
const places = new Map(items.map((item) => [item.dataset.criterion, item]));
const KEY = `ocop-phieu:${page.dataset.user}:${page.dataset.sheet}`;
const RETRY_MS = 5000;
const TIMEOUT_MS = 15000;
const OFFLINE = "Mất kết nối.";
const BUSY = "Máy chủ tạm thời chưa trả lời.";
const SIGN_IN = "Phiên đăng nhập đã hết.";
const OTHER = "Trình duyệt đang đăng nhập bằng tài khoản khác.";

const find = (name, root = page) => root.querySelector(`[data-${name}]`);
let current = items[0];
let keysOn = true;
let sending = false;
let trouble = "";
let serial = 0;
let memory = {}; // in place of a storage that is closed to us
let stored = true;

// ---------------------------------------------------------------- what waits
function queue() {
  if (!stored) return memory;
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    stored = false;
    return memory;
  }
}

function keep(waiting) {
  memory = waiting;
  try {
    if (Object.keys(waiting).length) localStorage.setItem(KEY, JSON.stringify(waiting));
    else localStorage.removeItem(KEY);
  } catch {
    stored = false;
  }
}

function change(code, item) {
  const waiting = queue();
  if (item) waiting[code] = item;
  else delete waiting[code];
  keep(waiting);
}

const sendable = () => Object.entries(queue()).filter(([code, item]) => item.key && !item.held && places.has(code));

function enqueue(code) {
  const form = find("choice", places.get(code));
  const version = Number(form.elements.phien_ban.value);
  const key = form.elements.chon.value;
  const note = form.elements.ghi_chu.value;
  if (!key && !note) return;
  serial += 1;
  change(code, { id: `${Date.now()}-${serial}`, key, note, version });
  form.querySelector("[data-conflict]")?.remove();
  draw();
  flush();
}

// ---------------------------------------------------------------- sending
async function flush() {
  if (sending) return;
  sending = true;
  for (let next = sendable()[0]; next; next = sendable()[0]) if (!(await send(...next))) break;
  sending = false;
  draw();
}

function stop(reason) {
  trouble = reason;
  return false;
}

// The cookie is read anew each time: signing in again in another tab changes it.
const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";

async function ask(code, item) {
  const body = new URLSearchParams({
    phieu: page.dataset.sheet, tieu_chi: code, chon: item.key, ghi_chu: item.note, phien_ban: item.version,
  });
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return fetch(page.dataset.url, { method: "POST", headers, body, redirect: "manual", signal });
}

async function send(code, item) {
  let answer;
  try {
    answer = await ask(code, item);
  } catch {
    return stop(OFFLINE);
  }
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return stop(SIGN_IN);
  if (answer.status === 404) return stop(OTHER);
  const said = await answer.json().catch(() => null);
  if (!said && (answer.ok || answer.status >= 500 || answer.status === 429)) return stop(BUSY);
  trouble = "";
  if (answer.ok) saved(code, item, said);
  else if (answer.status === 409) differs(code, item, said);
  else refused(code, item, said ?? { message: "Máy chủ không nhận lựa chọn này." });
  return true;
}

function saved(code, item, said) {
  const form = find("choice", places.get(code));
  const newer = queue()[code];
  form.elements.phien_ban.value = said.version;
  if (newer?.id === item.id) change(code, null);
  else if (newer) change(code, { ...newer, version: said.version });
  find("bar").innerHTML = said.bar;
  find("state").textContent = `Đã lưu ${said.saved_at}`;
  find("problem", places.get(code)).hidden = true;
  mark(said.unanswered, said.uncounted);
}

function mark(unanswered, uncounted) {
  for (const [code, item] of places) {
    const link = page.querySelector(`[data-goes-to="${code}"]`);
    link.classList.toggle("is-done", !unanswered.includes(code));
    link.classList.toggle("is-idle", uncounted.includes(code));
    find("idle", item)?.toggleAttribute("hidden", !uncounted.includes(code));
  }
}

function fill(code, held) {
  const form = find("choice", places.get(code));
  for (const box of form.querySelectorAll("[name=chon]")) box.checked = box.value === held.key;
  form.elements.ghi_chu.value = held.note ?? "";
  if ("version" in held) form.elements.phien_ban.value = held.version;
}

function refused(code, item, said) {
  if (queue()[code]?.id === item.id) change(code, null);
  if (said.current) fill(code, said.current);
  const problem = find("problem", places.get(code));
  problem.textContent = `Không lưu được tiêu chí ${code}. ${said.message}`;
  problem.hidden = false;
}

// ---------------------------------------------------------------- two values for one criterion
function differs(code, item, said) {
  change(code, { ...item, held: true, theirs: said.current });
  offer(code);
}

function offer(code) {
  const form = find("choice", places.get(code));
  const { key, note, theirs } = queue()[code];
  const box = [...form.querySelectorAll("[name=chon]")].find((each) => each.value === key);
  form.querySelector("[data-conflict]")?.remove();
  const panel = document.getElementById("hai-gia-tri").content.cloneNode(true).firstElementChild;
  find("mine", panel).textContent = [box?.dataset.text, note].filter(Boolean).join(". ");
  find("theirs", panel).textContent = [theirs.text, theirs.note].filter(Boolean).join(". ");
  find("keep-mine", panel).addEventListener("click", () => settle(code, { key, note, version: theirs.version }, true));
  find("keep-theirs", panel).addEventListener("click", () => settle(code, theirs, false));
  form.prepend(panel);
}

function settle(code, held, again) {
  change(code, null);
  fill(code, held);
  find("choice", places.get(code)).querySelector("[data-conflict]")?.remove();
  if (again) enqueue(code);
  draw();
  heading(places.get(code)).focus();
}

// ---------------------------------------------------------------- what the page says
function draw() {
  const waiting = Object.values(queue());
  const unsent = waiting.filter((item) => item.key && !item.held).length;
  const alarm = find("alarm");
  const where = stored ? "trong máy này" : "trong trang này (đừng đóng trang)";
  const text = trouble && unsent ? `${trouble} ${unsent} lựa chọn đang giữ ${where}, chưa gửi.` : "";
  if (find("alarm-text").textContent !== text) find("alarm-text").textContent = text;
  alarm.hidden = !text;
  find("alarm-sign-in").hidden = ![SIGN_IN, OTHER].includes(trouble);
  find("alarm-wait").hidden = [SIGN_IN, OTHER].includes(trouble);
  if (unsent && !trouble) find("state").textContent = "Đang lưu…";
  else if (unsent) find("state").textContent = `${unsent} lựa chọn chưa gửi`;
  else if (waiting.some((item) => item.held)) find("state").textContent = "Có tiêu chí cần chọn một giá trị";
  find("state").classList.toggle("failed", Boolean(trouble && unsent));
  for (const [code, item] of places) {
    const held = queue()[code];
    find("note-only", item).hidden = !(held && !held.key);
    page.querySelector(`[data-goes-to="${code}"]`).classList.toggle("is-unsent", Boolean(held));
  }
}

// ---------------------------------------------------------------- moving about
const heading = (item) => find("heading", item);

// The papers of the whole dossier are in the page once; they go along with the reader, open where they were open.
function bringCommon(item) {
  const common = find("common");
  if (!common) return;
  const read = [...common.querySelectorAll(".pages")].map((pages) => [pages, pages.scrollTop]);
  item.hidden = false; // what is hidden cannot be scrolled
  item.querySelector(".score-evidence").append(common);
  for (const [pages, top] of read) pages.scrollTop = top;
}

function show(item, focus = true) {
  if (!item) return;
  current = item;
  bringCommon(item);
  for (const each of items) each.hidden = each !== item;
  for (const link of page.querySelectorAll("[data-goes-to]")) {
    if (link.dataset.goesTo === item.dataset.criterion) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  const at = items.indexOf(item);
  find("previous").disabled = at === 0;
  find("next").disabled = at === items.length - 1;
  find("count").textContent = item.dataset.files;
  window.history.replaceState(null, "", `#${item.id}`);
  if (focus) {
    heading(item).focus({ preventScroll: true });
    page.scrollIntoView({ block: "start" });
  }
}

const step = (by) => show(items[items.indexOf(current) + by]);

function side(name) {
  page.classList.toggle("shows-evidence", name === "evidence");
  for (const tab of page.querySelectorAll("[data-side]")) tab.setAttribute("aria-pressed", tab.dataset.side === name);
}

// ---------------------------------------------------------------- keys
function pick(digit) {
  const box = current.querySelector(`[data-digit="${digit}"]`);
  if (!box) return;
  box.checked = true;
  box.focus();
  enqueue(current.dataset.criterion);
}

function writeNote() {
  side("criterion");
  const note = find("note", current);
  note.open = true;
  note.querySelector("textarea").focus();
}

const KEYS = {
  j: () => step(1), k: () => step(-1), ArrowRight: () => step(1), ArrowLeft: () => step(-1),
  n: writeNote, "?": () => document.getElementById("phim-tat").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("textarea, select, input:not([type=radio]), summary")) {
    if (event.key === "Escape" && event.target.matches("textarea")) heading(current).focus();
    return;
  }
  if (!keysOn && event.key !== "?") return;
  const act = /^[0-9]$/.test(event.key) ? () => pick(event.key) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// ---------------------------------------------------------------- begin
find("outline").open = !window.matchMedia("(max-width: 62rem)").matches;
page.classList.add("is-stepping");
page.addEventListener("change", (event) => {
  const item = event.target.closest("[data-criterion]");
  if (item && event.target.matches("[name=chon], [name=ghi_chu]")) enqueue(item.dataset.criterion);
});
page.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-choice]")) return;
  event.preventDefault();
  enqueue(event.target.closest("[data-criterion]").dataset.criterion);
});
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-goes-to]");
  if (link) {
    event.preventDefault();
    show(places.get(link.dataset.goesTo));
  }
  const tab = event.target.closest("[data-side]");
  if (tab) side(tab.dataset.side);
});
find("previous").addEventListener("click", () => step(-1));
find("next").addEventListener("click", () => step(1));
find("help").addEventListener("click", KEYS["?"]);
find("keys-on").addEventListener("change", (event) => { keysOn = event.target.checked; });
document.querySelector("[data-hand-in]")?.addEventListener("click", (event) => {
  if (!Object.keys(queue()).length) return;
  event.preventDefault();
  find("state").textContent = "Còn lựa chọn hoặc ghi chú chưa lưu, chưa nộp được.";
  flush();
});
for (const signal of ["online", "focus"]) window.addEventListener(signal, flush);
setInterval(flush, RETRY_MS);
window.addEventListener("beforeunload", (event) => {
  if (Object.keys(queue()).length) event.preventDefault();
});

for (const [code, held] of Object.entries(queue())) {
  if (!places.has(code)) continue;
  fill(code, { key: held.key, note: held.note, version: held.version });
  if (held.held) offer(code);
}
const asked = items.find((item) => `#${item.id}` === decodeURIComponent(window.location.hash));
show(asked ?? items.find((item) => !item.querySelector("[name=chon]:checked")) ?? items[0], Boolean(asked));
draw();
flush();
