// Lists: addresses without empty filters, and the new count told to screen readers.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.closest("[data-filters]")) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});
document.addEventListener("htmx:afterSwap", (event) => {
  const count = event.detail.target.querySelector("[data-count]");
  const live = document.querySelector("[data-count-live]");
  if (count && live) live.textContent = count.textContent;
});
