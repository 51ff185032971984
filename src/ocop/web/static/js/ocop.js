// Comfort on top of pages that work without it. Nothing here is needed to do a job.
const root = document.documentElement;
root.classList.add("js");

// Filters send themselves when a choice is made; typing waits for Enter or the button.
for (const form of document.querySelectorAll("form[data-auto-submit]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
      if (event.target.id) sessionStorage.setItem("focus", event.target.id);
      form.requestSubmit();
    }
  });
  // Empty fields stay out of the address, so that it reads well and can be shared.
  form.addEventListener("submit", () => {
    for (const control of form.elements) {
      if (control.name && control.value === "") control.disabled = true;
    }
  });
}

// On a phone the tab one stands in is seen, wherever it lies in its row.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs").scrollWidth > tab.closest(".tabs").clientWidth
    ? tab.closest(".tabs") : tab.closest("ul");
  row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left
    - (row.clientWidth - tab.offsetWidth) / 2;
}

// On a phone most filters wait behind a button.
for (const button of document.querySelectorAll("[data-more]")) {
  button.addEventListener("click", () => {
    const form = button.closest("form");
    form.classList.add("open");
    form.querySelector(".field:nth-of-type(4) :is(input, select)")?.focus();
  });
}

// After such a reload the keyboard is where it was.
const last = sessionStorage.getItem("focus");
sessionStorage.removeItem("focus");
if (last && document.activeElement === document.body) {
  document.getElementById(last)?.focus({ preventScroll: true });
}

// Coming back with the browser's own button, what was switched off works again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const control of document.querySelectorAll("form [disabled]:not([data-closed])")) {
    control.disabled = false;
  }
});

// A form that was filled in is not left by mistake, and is sent once.
for (const form of document.querySelectorAll("form[data-guard]")) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => {
    dirty = false;
    const buttons = form.querySelectorAll("button[type=submit]");
    setTimeout(() => { for (const button of buttons) button.disabled = true; });
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

// A table wider than its frame can be scrolled with the keyboard.
for (const frame of document.querySelectorAll(".table, .table-frame")) {
  if (frame.scrollWidth > frame.clientWidth && !frame.querySelector("a, button")) frame.tabIndex = 0;
}

// Copy what a button names: data-copy holds the text, data-copied the word of success.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy || location.href);
  const words = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 2000);
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;

// Buttons that print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The size of a chosen file is said before it travels; too large is said at once.
for (const input of document.querySelectorAll("input[type=file][data-limit]")) {
  input.addEventListener("change", () => {
    const total = [...input.files].reduce((sum, file) => sum + file.size, 0);
    input.setCustomValidity(total > Number(input.dataset.limit) ? input.dataset.tooLarge : "");
    input.reportValidity();
  });
}

// Who signs out leaves no page behind in this device for the next; what was not sent stays.
for (const form of document.querySelectorAll("form[action$='/logout/']")) {
  form.addEventListener("submit", async () => {
    for (const name of await globalThis.caches?.keys() ?? []) caches.delete(name);
  });
}
