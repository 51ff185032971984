// A tablet may go from hand to hand: what one member read is not there for the next. Marks that
// were not sent stay, under their owner's name alone.
const CACHE = "ocop-phieu";
const OWNER = "ocop-phieu-cua";

function clear() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("ocop-phieu:") && key.endsWith(":da-biet")) localStorage.removeItem(key);
  }
  globalThis.caches?.delete(CACHE);
}

const { owner } = document.querySelector("main[data-owner]").dataset;
if (localStorage.getItem(OWNER) !== owner) {
  clear();
  localStorage.setItem(OWNER, owner);
}
for (const form of document.querySelectorAll("form[action$='/logout/']")) {
  form.addEventListener("submit", clear);
}
