// <button data-print> prints the page; without scripts the button stays hidden and the browser's own menu serves.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
