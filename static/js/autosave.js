// A form that saves each choice by itself: says loudly when a save fails, keeps the choice on screen, tries again.
const form = document.querySelector("[data-autosave]");
const waiting = new Set();

function say(text) {
  const place = document.querySelector("[data-save-state]");
  if (!place) return;
  place.textContent = text;
  place.classList.add("overdue");
}

function failed(event) {
  const place = event.detail.elt.closest("fieldset");
  if (!place) return;
  waiting.add(place.id);
  const reason = event.detail.xhr?.status;
  say(reason ? "Chưa lưu được. Hãy tải lại trang." : "Mất mạng: chưa lưu. Sẽ tự lưu khi có mạng.");
}

form?.addEventListener("htmx:sendError", failed);
form?.addEventListener("htmx:responseError", failed);
form?.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) waiting.delete(event.detail.elt.closest("fieldset")?.id);
});

function again() {
  for (const id of waiting) document.getElementById(id)?.dispatchEvent(new Event("change"));
}
window.addEventListener("online", again);
setInterval(again, 10000);
window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
