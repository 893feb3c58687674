// What the server's HTML cannot do by itself. Without this file every page still works.

// htmx gives the focus back to the field it was in; where the answer says who takes it, that wins.
document.addEventListener("htmx:beforeSwap", ({ detail: { target, serverResponse } }) => {
  const active = document.activeElement;
  if (target.contains(active) && /\sautofocus[\s>]/.test(serverResponse)) active.blur();
});

// What arrives in the dialog opens it; a new page behind it closes it.
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  const dialog = document.getElementById("dialog");
  if (target === dialog && !dialog.open) dialog.showModal();
  if (target.id === "main" && dialog.open) dialog.close();
});

// From an error to its field: with the label in view, and no "#" in the address.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".field")?.scrollIntoView();
});

// A closed dialog holds nothing: what it showed has an address of its own.
document.getElementById("dialog").addEventListener("close", ({ target }) => target.replaceChildren());

const more = () => document.querySelector("[data-passkey-if]") && import("./passkey.js"); // once, and only where needed
for (const when of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(when, more);
