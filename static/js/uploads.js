// Files go each by itself, in pieces: a piece that fails is sent again, a page that was closed goes on where it stopped.
// Without this script the same field is sent with its form.
const TRIES = 6;
const MEGABYTE = 1048576;
const HASHED = 64 * MEGABYTE; // larger files are not read into memory for their digest
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ---------- the files themselves, kept by the browser until they have arrived
const store = new Promise((done) => {
  const asked = indexedDB.open("uploads", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("files", { keyPath: "key" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => done(null); // private windows: files go all the same, but a reload asks for them again
});

async function kept(mode, act) {
  const base = await store;
  if (!base) return undefined;
  return new Promise((done) => {
    const asked = act(base.transaction("files", mode).objectStore("files"));
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(undefined);
  });
}

// ---------- talking to the portal
class Refused extends Error {
  constructor(text, final = false) {
    super(text);
    this.final = final; // the portal will never take this file: no need to keep it
  }
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

async function call(url, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "X-CSRFToken": token() }, body };
  const answer = await fetch(url, { ...options, credentials: "same-origin", redirect: "manual" });
  const said = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
  if (answer.ok) return said;
  if (answer.status === 409 && "received" in said) return { ...said, elsewhere: true };
  if (answer.status >= 500 || answer.status === 429) throw new Error(said.error || "");
  const ask = "Không gửi được. Hãy tải lại trang, đăng nhập lại nếu cần; tệp sẽ được gửi tiếp.";
  throw new Refused(said.error || ask, answer.status === 400);
}

async function insist(act, tell) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await act();
    } catch (trouble) {
      if (trouble instanceof Refused || tried >= TRIES) throw trouble;
      tell((!(trouble instanceof TypeError) && trouble.message) || "Mạng chập chờn, đang thử lại…");
      await wait(Math.min(500 * 2 ** tried, 15000));
    }
  }
}

function freshKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function digest(file) {
  if (!crypto.subtle || file.size > HASHED) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---------- one file
class Sending {
  constructor(box, row) {
    Object.assign(this, { box, row });
    this.item = document.createElement("li");
    this.name = document.createElement("p");
    this.name.textContent = row.file.name;
    this.bar = document.createElement("progress");
    this.bar.max = row.file.size || 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", row.file.name);
    this.note = document.createElement("p");
    this.note.className = "small muted";
    this.again = document.createElement("button");
    this.again.type = "button";
    this.again.className = "btn btn-secondary";
    this.again.textContent = "Thử lại";
    this.again.hidden = true;
    this.again.addEventListener("click", () => this.run());
    this.item.append(this.name, this.bar, this.note, this.again);
    box.querySelector("[data-queue]").append(this.item);
  }

  tell(text, bad = false) {
    this.note.textContent = text;
    this.note.className = bad ? "small overdue" : "small muted";
  }

  async run() {
    this.again.hidden = true;
    try {
      await this.send();
    } catch (trouble) {
      this.tell((!(trouble instanceof TypeError) && trouble.message) || "Chưa gửi được: mạng đang mất.", true);
      this.again.hidden = false;
      if (trouble.final) await kept("readwrite", (files) => files.delete(this.row.key));
    }
  }

  async send() {
    const { file, key, purpose, subject } = this.row;
    const facts = { purpose, subject, key, name: file.name, size: file.size, sha256: await digest(file) };
    const body = new FormData();
    for (const [name, value] of Object.entries(facts)) body.append(name, value);
    const tell = (text) => this.tell(text);
    let state = await insist(() => call(this.box.dataset.begin, body), tell);
    const { url, piece } = state;
    for (let restarts = 0; state.status === "receiving" || state.elsewhere; ) {
      let at = state.received;
      while (at < file.size) {
        this.bar.value = at;
        this.tell(`Đã gửi ${Math.floor((at * 100) / file.size)}%`);
        const part = file.slice(at, at + piece);
        const went = await insist(() => call(`${url}tu/${at}/`, part), tell);
        at = went.received;
      }
      this.bar.value = file.size;
      state = await insist(() => call(`${url}xong/`, new FormData()), tell);
      if (state.elsewhere && (restarts += 1) > 2) throw new Refused("Tệp thay đổi trong lúc gửi. Hãy chọn lại tệp.");
    }
    await kept("readwrite", (files) => files.delete(key));
    await this.watch(url, state);
  }

  async watch(url, first) {
    let state = first;
    while (state.status === "received" || state.status === "checking") {
      this.tell(state.label);
      await wait(1500);
      state = await insist(() => call(url), (text) => this.tell(text));
    }
    if (state.status === "refused") this.tell(state.reason, true);
    else this.item.remove();
    await redraw();
  }
}

async function redraw() {
  const place = document.querySelector("[data-files]");
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!place || !answer.ok) return;
  const chosen = new Set([...place.querySelectorAll("input:checked")].map((box) => box.value));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-files]");
  if (!fresh) return;
  for (const box of fresh.querySelectorAll("input[type=checkbox]")) box.checked = chosen.has(box.value);
  place.replaceWith(fresh);
}

// ---------- the page
for (const box of document.querySelectorAll("[data-uploads]")) {
  const input = box.querySelector("input[type=file]");
  const { purpose, subject } = box.dataset;
  box.querySelector("[type=submit]")?.setAttribute("hidden", "");
  input.addEventListener("change", async () => {
    const files = [...input.files];
    if (!files.length) return;
    input.value = "";
    input.dispatchEvent(new Event("change"));
    for (const file of files) {
      // The same file chosen again after a break is the same file: it goes on where it stopped.
      const known = ((await kept("readonly", (rows) => rows.getAll())) || []).find(
        (row) => row.subject === subject && row.file.name === file.name && row.file.size === file.size,
      );
      const row = known || { key: freshKey(), purpose, subject, file };
      if (!known) await kept("readwrite", (rows) => rows.put(row));
      if (!document.querySelector(`[data-key="${row.key}"]`)) start(box, row);
    }
  });
  kept("readonly", (rows) => rows.getAll()).then((rows) => {
    for (const row of rows || []) if (row.subject === subject && row.purpose === purpose) start(box, row);
  });
}

let line = Promise.resolve();
const sendings = new Set();

function start(box, row) {
  const sending = new Sending(box, row);
  sending.item.dataset.key = row.key;
  sendings.add(sending);
  sending.tell("Đang chờ gửi");
  line = line.then(async () => {
    const going = sending.run();
    // The next file need not wait for the check of this one, only for its bytes.
    await Promise.race([going, arrived(sending)]);
    going.finally(() => sendings.delete(sending));
  });
}

async function arrived(sending) {
  while (sending.bar.value < sending.bar.max && !sending.again.offsetParent) await wait(200);
}

window.addEventListener("online", () => {
  for (const sending of document.querySelectorAll("[data-queue] button:not([hidden])")) sending.click();
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-queue] progress:not([value='0'])") && !navigator.onLine) event.preventDefault();
});
