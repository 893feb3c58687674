// Passkeys: what the server asks goes to the device, and what the device answers into the form. Every word stands in the
// page; also that it takes this script, for where it does not run. Bytes travel as base64url: {"bytes": "AbC-_"}.
const can = Boolean(window.PublicKeyCredential && navigator.credentials);
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (part) => btoa(String.fromCharCode(...new Uint8Array(part))).replace(/\+/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
let waiting;

const ask = async ({ form, dataset }, status) => {
  const say = (words, kind) => Object.assign(status, { textContent: words, className: kind });
  waiting?.abort();
  const { signal } = waiting = new AbortController();
  say(dataset.waiting, "");
  try {
    const publicKey = JSON.parse(dataset.options, (_name, value) => (value?.bytes === undefined ? value : bytes(value.bytes)));
    const { id, type, response } = await navigator.credentials[dataset.passkey]({ publicKey, signal });
    const said = Object.fromEntries(PARTS.filter((part) => response[part]).map((part) => [part, text(response[part])]));
    form.elements.code.value = JSON.stringify({ id, type, response: { ...said, transports: response.getTransports?.() } });
    if (form.isConnected) form.requestSubmit();
  } catch ({ name }) {
    if (!signal.aborted) say(dataset[name[0].toLowerCase() + name.slice(1)] || dataset.otherError, "error");
  }
};
const ready = () => {
  for (const part of document.querySelectorAll("[data-passkey-if]")) part.hidden = can !== (part.dataset.passkeyIf === "can");
  document.querySelector("[data-passkey][autofocus]")?.focus();
};
document.addEventListener("click", ({ target }) => target.dataset.passkey && ask(target, target.form.querySelector("[role=status]")));
document.addEventListener("htmx:afterSettle", ready);
ready();
