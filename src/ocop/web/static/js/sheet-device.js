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

const main = document.querySelector("main[data-owner]");
const { owner, leftover } = main.dataset;
if (localStorage.getItem(OWNER) !== owner) {
  clear();
  localStorage.setItem(OWNER, owner);
}
for (const form of document.querySelectorAll("form[action$='/logout/']")) {
  form.addEventListener("submit", clear);
}

// What was written here after the sheet was given in elsewhere is told, not sent.
const box = document.querySelector("[data-leftover-box]");
if (box) {
  const late = Object.keys(localStorage)
    .filter((key) => key.startsWith(leftover) && !key.endsWith(":da-biet"));
  const codes = late.map((key) => key.slice(leftover.length)).filter((key) => /^[0-9.]+$/.test(key));
  box.hidden = !late.length;
  box.querySelector("[data-codes]").textContent = codes.join(", ") || late.length;
  box.querySelector("button").addEventListener("click", () => {
    for (const key of late) localStorage.removeItem(key);
    box.hidden = true;
  });
}
