// Passkeys: <form data-passkey="create|get" data-options="…"> asks the browser for a key and sends what it answers.
const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const wanted = structuredClone(options.publicKey);
  wanted.challenge = fromText(wanted.challenge);
  if (wanted.user) wanted.user.id = fromText(wanted.user.id);
  for (const list of [wanted.excludeCredentials, wanted.allowCredentials]) {
    for (const key of list ?? []) key.id = fromText(key.id);
  }
  return { publicKey: wanted };
}

function sendable(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  };
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey](readable(JSON.parse(form.dataset.options)));
    form.elements.credential.value = JSON.stringify(sendable(credential));
    form.submit();
  } catch {
    problem.textContent = "Máy này chưa dùng được khóa truy cập, hoặc bạn đã hủy. Hãy thử lại hoặc chọn cách khác.";
    problem.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
