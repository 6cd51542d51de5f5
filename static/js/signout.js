// Signing out takes what waits unsent out of this browser, after asking.
const WAITING = "ocop-phieu:";

function waitingKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(WAITING));
  } catch {
    return [];
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.action?.endsWith("/dang-xuat/")) return;
  const keys = waitingKeys();
  if (keys.length && !window.confirm("Còn lựa chọn chấm điểm chưa gửi. Đăng xuất sẽ bỏ chúng khỏi máy này. Tiếp tục?")) {
    event.preventDefault();
    return;
  }
  for (const key of keys) localStorage.removeItem(key);
});
