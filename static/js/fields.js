// Fields that save themselves. What is typed stays in this tab until the portal has said that it is kept: without network,
// after an expired sign-in, and when another tab was faster. <div data-fields="address"> holds the form and one
// <span data-field="name" data-version="n"> for each field that is open.
const place = document.querySelector("[data-fields]");
const WAIT = 800; // ms after the last key
const AGAIN = 8000; // ms until an unsaved field is tried again
const token = document.querySelector('meta[name="csrf-token"]')?.content;
const fields = new Map();
let leaving = false; // on purpose: what is typed is kept and nobody need be asked

class Field {
  constructor(mark) {
    this.name = mark.dataset.field;
    this.version = Number(mark.dataset.version);
    this.control = place.querySelector(`[name="${this.name}"]`);
    this.key = `ocop-o:${place.dataset.fields}:${this.name}`;
    this.saved = this.control.value;
    this.note = document.createElement("p");
    this.note.className = "save-state";
    this.note.setAttribute("role", "status");
    this.sent = document.createElement("input"); // the version goes along when the whole form is sent
    this.sent.type = "hidden";
    this.sent.name = `v-${this.name}`;
    this.sent.value = this.version;
    this.control.after(this.note, this.sent);
    this.control.addEventListener("input", () => this.typed());
    this.control.addEventListener("blur", () => this.save());
    this.restore();
  }

  restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(this.key));
    } catch {
      // Without this store nothing is kept over a new page; saving works all the same.
    }
    if (!kept || kept.value === this.control.value) return this.forget();
    this.control.value = kept.value;
    this.setVersion(kept.version);
    this.say("Đã lấy lại nội dung chưa lưu, đang lưu…");
    this.save();
  }

  typed() {
    this.keep();
    this.say("Chưa lưu");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  keep() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ value: this.control.value, version: this.version }));
    } catch {
      // As above.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }

  get isDirty() {
    return this.control.value !== this.saved;
  }

  setVersion(version) {
    this.version = version;
    this.sent.value = version;
  }

  say(text, failed = false) {
    this.note.textContent = text;
    this.note.classList.toggle("failed", failed);
  }

  async save() {
    clearTimeout(this.timer);
    if (!this.isDirty || this.busy || this.clash) return;
    this.busy = true;
    const value = this.control.value;
    try {
      await this.answered(await this.post(value), value);
    } catch {
      this.say("Mất mạng: chưa lưu. Nội dung còn trong máy này, có mạng sẽ tự lưu.", true);
    }
    this.busy = false;
  }

  post(value) {
    return fetch(place.dataset.fields, {
      method: "POST",
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      body: new URLSearchParams({ o: this.name, gia_tri: value, phien_ban: this.version }),
      redirect: "manual",
    });
  }

  async answered(answer, value) {
    if (answer.type === "opaqueredirect") return this.signedOut();
    if (answer.status === 200) {
      const { version, saved_at } = await answer.json();
      this.setVersion(version);
      this.saved = value;
      if (this.isDirty) {
        this.typed();
        return;
      }
      this.forget();
      this.say(`Đã lưu ${saved_at}`);
    } else if (answer.status === 409) {
      this.askWhich((await answer.json()).current);
    } else if (answer.status === 422) {
      this.say((await answer.json()).message, true);
    } else {
      this.say("Chưa lưu được. Nội dung bạn gõ còn trong máy này. ", true);
      this.offerWay(location.pathname, "Tải lại trang");
    }
  }

  signedOut() {
    this.say("Phiên đăng nhập đã hết: chưa lưu. Nội dung còn trong máy này và tự lưu sau khi đăng nhập. ", true);
    this.offerWay(`${place.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`, "Đăng nhập lại");
  }

  offerWay(href, label) {
    this.keep();
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    link.addEventListener("click", () => (leaving = true));
    this.note.append(link);
  }

  askWhich(current) {
    this.clash = document.createElement("div");
    this.clash.className = "field-clash";
    this.clash.setAttribute("role", "alert");
    const told = document.createElement("p");
    told.textContent = "Ô này vừa được sửa ở nơi khác thành:";
    const theirs = document.createElement("pre");
    theirs.textContent = current.text || "(để trống)";
    this.clash.append(told, theirs);
    this.offer("Giữ nội dung của tôi", () => this.setVersion(current.version));
    this.offer("Lấy nội dung kia", () => {
      this.control.value = current.text;
      this.saved = current.text;
      this.setVersion(current.version);
      this.forget();
      this.say("Đã lấy nội dung mới nhất.");
    });
    this.note.after(this.clash);
    this.say("Chưa lưu: hãy chọn giữ nội dung nào.", true);
  }

  offer(label, choose) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      choose();
      this.clash.remove();
      this.clash = null;
      this.save();
    });
    this.clash.append(button, " ");
  }
}

if (place) {
  for (const mark of place.querySelectorAll("[data-field]")) fields.set(mark.dataset.field, new Field(mark));
  const again = () => fields.forEach((field) => field.save());
  window.addEventListener("online", again);
  setInterval(again, AGAIN);
  place.addEventListener("submit", (event) => {
    if ([...fields.values()].some((field) => field.busy)) {
      event.preventDefault(); // a save is under way, and its version has to go along
      setTimeout(() => event.target.requestSubmit(), 150);
      return;
    }
    leaving = true; // the whole form goes out, each field with its version
    fields.forEach((field) => field.isDirty && field.keep());
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && [...fields.values()].some((field) => field.isDirty)) event.preventDefault();
  });
}
