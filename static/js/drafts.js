// What is typed into a form stays in this tab until the portal has taken it: <div data-draft="key">…form…</div>.
// Without network the page says so instead of losing it. Files cannot be kept by a browser; they are sent first.
const PREFIX = "ocop-nhap:";
const SENT = "ocop-nhap-da-gui"; // which of them was sent last

for (const place of document.querySelectorAll("[data-draft]")) {
  const form = place.querySelector("form");
  const key = PREFIX + place.dataset.draft;
  const fields = () => [...form.elements].filter((field) => field.matches("textarea, input[type=text], input[type=date]"));
  const note = document.createElement("p");
  note.className = "save-state";
  note.setAttribute("role", "status");
  form?.append(note);

  try {
    const kept = JSON.parse(sessionStorage.getItem(key) || "{}");
    let restored = false;
    for (const field of form ? fields() : []) {
      if (kept[field.name] && kept[field.name] !== field.value) {
        field.value = kept[field.name];
        restored = true;
      }
    }
    if (restored) note.textContent = "Đã lấy lại nội dung bạn gõ lần trước.";
  } catch {
    // Without this store nothing is kept; the form works all the same.
  }

  form?.addEventListener("input", () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, field.value]))));
    } catch {
      // As above.
    }
  });
  form?.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      try {
        sessionStorage.setItem(SENT, key);
      } catch {
        // As above.
      }
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    note.classList.add("failed");
    note.textContent = "Đang mất mạng nên chưa gửi được. Nội dung còn trong trang này; có mạng thì bấm lưu lại.";
  });
}

// Another page than the form itself after sending: the portal has taken it.
try {
  const sent = sessionStorage.getItem(SENT);
  const here = [...document.querySelectorAll("[data-draft]")].map((place) => PREFIX + place.dataset.draft);
  if (sent && !here.includes(sent)) {
    sessionStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  }
} catch {
  // Without this store there is nothing to take away.
}
