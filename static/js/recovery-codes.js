// <button data-codes-download="name.txt"> keeps the shown recovery codes as a text file of this computer.
for (const button of document.querySelectorAll("[data-codes-download]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const codes = [...document.querySelectorAll("[data-codes] code")].map((code) => code.textContent);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${codes.join("\r\n")}\r\n`], { type: "text/plain" }));
    link.download = button.dataset.codesDownload;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
