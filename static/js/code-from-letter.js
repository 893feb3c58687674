// The QR code of a letter opens /upgrade/code#4KTT78ZDTZ6M, the link of an e-mail a page with a longer code.
// What stands behind the # is never sent to a server.
// Here it moves into the field of the code page, and out of the address. When one must sign in first, the browser
// carries it along to that page: there it waits in this tab's sessionStorage, for 30 minutes at most, and leaves it
// as soon as it is used. It is not submitted by itself: the person sees the code and presses the button.
// Without script one types the code.
(() => {
  const KEY = "code-from-letter";
  const LIFE = 30 * 60 * 1000;

  const carried = decodeURIComponent(location.hash).slice(1);
  if (/^([1-9A-Z]{12}|[1-9A-Z]{28})$/i.test(carried) && !document.getElementById(carried)) {
    history.replaceState(history.state, "", location.pathname + location.search);
    sessionStorage.setItem(KEY, JSON.stringify({ code: carried, until: Date.now() + LIFE }));
  }

  const fill = () => {
    const waiting = JSON.parse(sessionStorage.getItem(KEY) || "null");
    const field = document.querySelector("input#code.code");
    const fits = field && waiting && (field.dataset.symbols || "12") === String(waiting.code.length);
    if (!waiting || (!fits && Date.now() < waiting.until)) return;
    sessionStorage.removeItem(KEY);
    if (fits && !field.value && Date.now() < waiting.until) field.value = waiting.code.toUpperCase().match(/.{4}/g).join(" ");
  };
  fill();
  document.addEventListener("htmx:afterSettle", fill);
})();
