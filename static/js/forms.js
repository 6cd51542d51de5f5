// Forms: the focus goes to what is wrong, a chosen file is named, one click sends once.
document.querySelector("[data-focus]")?.focus();

for (const drop of document.querySelectorAll("[data-drop]")) {
  const input = drop.querySelector("input[type=file]");
  const name = drop.querySelector("[data-drop-name]");
  // With scripts the portal's own words stand in place of the browser's, which may be in another language.
  drop.classList.add("drop-ready");
  const tell = () => {
    const files = [...input.files].map((file) => `${file.name} (${Math.ceil(file.size / 1024)} KB)`);
    name.textContent = files.join(", ") || "Chưa chọn tệp, hoặc kéo tệp thả vào đây";
  };
  input?.addEventListener("change", tell);
  tell();
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  for (const leaving of ["dragleave", "drop"]) drop.addEventListener(leaving, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!input || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-form]") || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
// A page that comes back from the browser's memory may send again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-form]")) delete form.dataset.sent;
});
