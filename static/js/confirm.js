// Any element may ask before it acts: <button data-confirm="Rút hồ sơ này?">
document.addEventListener("click", (event) => {
  const question = event.target.closest("[data-confirm]")?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
