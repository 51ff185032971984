// A member's sheet without waiting for the network. Every change is kept on this device first, by
// criterion and with the time it was made, then sent; the server merges by those times. What it
// has taken is dropped here. The page works without this file: each criterion is a form.

const sheet = document.querySelector("[data-sheet]");
const words = JSON.parse(document.getElementById("loi-noi").textContent);
const { owner, item, attempt, version, save, worker, login } = sheet.dataset;
const PREFIX = `ocop-phieu:${owner}:${item}:${attempt}:`;
const KNOWN = `${PREFIX}da-biet`; // what the server last answered, newer than a page kept offline
const CACHE = "ocop-phieu";
const AGAIN = 8000; // ms between attempts while something waits
const lines = [...sheet.querySelectorAll(".line")];
let blocked = false; // the server will not take more: a reason stands on the page
let offline = false; // or signed out: tried again
let timer = 0;
let sending = null;

// --- What was given ------------------------------------------------------------------------------
const given = JSON.parse(document.getElementById("da-cham").textContent);

function takeNewer(entries) {
  for (const [key, entry] of Object.entries(entries)) {
    if (!given[key] || entry.stamp >= given[key].stamp) given[key] = entry;
  }
}

function waiting() {
  const found = {};
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at);
    if (key.startsWith(PREFIX) && key !== KNOWN) {
      found[key.slice(PREFIX.length)] = JSON.parse(localStorage.getItem(key));
    }
  }
  return found;
}

// One's own clock may run behind what another device wrote: a change is always newer than what it
// changes.
function keep(key, value) {
  const stamp = Math.max(Date.now(), (given[key]?.stamp || 0) + 1);
  given[key] = { ...value, stamp };
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(given[key]));
  } catch {
    notice(words.full);
  }
  show(key);
  tell();
}

// --- Sending -------------------------------------------------------------------------------------
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  || sheet.querySelector("[name=csrfmiddlewaretoken]").value;

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(send, ms);
}

async function send() {
  clearTimeout(timer);
  if (sending) return sending;
  const changes = waiting();
  if (blocked || !Object.keys(changes).length) return tell();
  sending = deliver(changes);
  try { await sending; } finally { sending = null; }
  if (!blocked && Object.keys(waiting()).length) later(offline ? AGAIN : 50);
  return tell();
}

async function deliver(changes) {
  let answer;
  try {
    answer = await fetch(save, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), Accept: "application/json" },
      body: JSON.stringify({ owner, attempt: Number(attempt), version, changes }),
      redirect: "manual",
    });
  } catch {
    offline = true;
    return;
  }
  if (answer.status >= 500) { offline = true; return; }
  if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
    offline = true;
    notice(words.signIn, `${login}?next=${encodeURIComponent(location.pathname)}`, words.signInLink);
    return;
  }
  offline = false;
  sheet.querySelector("[data-notice]").hidden = true;
  if (answer.status === 404) {
    await forget();
    location.reload();
    return;
  }
  const told = await answer.json().catch(() => ({}));
  if (told.code === "sheet_submitted") { // in another window: that page tells what came too late
    blocked = true;
    location.reload();
    return;
  }
  if (!answer.ok) {
    blocked = true;
    notice(told.message || words.refused, location.pathname, words.reload);
    return;
  }
  for (const [key, change] of Object.entries(changes)) {
    const still = localStorage.getItem(PREFIX + key);
    if (still && JSON.parse(still).stamp === change.stamp) {
      localStorage.removeItem(PREFIX + key);
      delete given[key]; // the server's word on it holds, whatever its clock
    }
  }
  localStorage.setItem(KNOWN, JSON.stringify({ given: told.given, saved_at: told.saved_at }));
  learn(told);
  showAll();
  tellOvertaken(changes, told);
}

// A change kept here while another device wrote something newer: what stands is the newer one, and
// who wrote this one hears of it. The note stays until the page is opened again.
const lost = new Set();

function tellOvertaken(changes, told) {
  const said = ({ stamp, ...value }) => JSON.stringify(value, Object.keys(value).sort());
  for (const key of told.overtaken) {
    if (told.given[key] && said(told.given[key]) !== said(changes[key])) lost.add(key);
  }
  if (!lost.size) return;
  const codes = [...lost].filter((key) => sheet.querySelector(`[data-points="${CSS.escape(key)}"]`));
  const names = codes.length < lost.size ? [...codes, words.elsewhere] : codes;
  const place = codes.length ? `#tc-${codes[0]}` : "#nop";
  notice(fill(words.overtaken, { codes: names.join(", ") }), place, words.look);
}

// What the server answered, to this window or to another.
function learn(told) {
  takeNewer(told.given);
  savedAt = told.saved_at;
}

// --- What the page says --------------------------------------------------------------------------
let savedAt = "";
const status = sheet.querySelector("[data-status]");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function tell() {
  const count = Object.keys(waiting()).length;
  let tone = "flat";
  let text = savedAt ? fill(words.saved, { when: savedAt }) : "";
  if (count && (offline || blocked || !navigator.onLine)) {
    tone = "due";
    text = fill(words.kept, { count });
  } else if (count) {
    text = words.sending;
  }
  if (text && status.textContent !== text) status.textContent = text;
  status.className = `tag ${tone}`;
  status.dataset.waiting = count;
}

function notice(text, address, link) {
  const box = sheet.querySelector("[data-notice]");
  box.querySelector("[data-notice-text]").textContent = text;
  const anchor = box.querySelector("[data-notice-link]");
  anchor.hidden = !address;
  if (address) { anchor.href = address; anchor.textContent = link; }
  box.hidden = false;
}

function put(field, value) {
  if (field && field !== document.activeElement && field.value !== value) field.value = value;
}

function show(key) {
  const entry = given[key];
  if (!entry) return;
  if (key.startsWith("gate:")) {
    for (const radio of sheet.querySelectorAll(`input[name="${CSS.escape(`gate.${key.slice(5)}`)}"]`)) {
      radio.checked = entry.answer !== null && (radio.value === "yes") === entry.answer;
    }
  } else if (key === "opinion" || key === "rescoring_reason") {
    put(sheet.querySelector(`textarea[name=${key}]`), entry.text);
  } else if (key === "wants_meeting") {
    const box = sheet.querySelector("input[name=wants_meeting]");
    if (box) box.checked = entry.answer;
  } else {
    const line = sheet.querySelector(`[data-line="${CSS.escape(key)}"]`);
    if (!line) return;
    for (const radio of line.querySelectorAll("input[name=points]")) {
      radio.checked = Number(radio.value) === entry.points && entry.points !== null;
    }
    put(line.querySelector("textarea[name=comment]"), entry.comment);
  }
  count();
}

const showAll = () => { for (const key of Object.keys(given)) show(key); count(); };

let left = { missing: [], open: [] };

function count() {
  let total = 0;
  let done = 0;
  const sections = {};
  const missing = [];
  for (const cell of sheet.querySelectorAll("[data-points]")) {
    const code = cell.dataset.points;
    const points = given[code]?.points ?? null;
    const { needs } = cell.dataset;
    const counted = needs && !given[needs]?.points ? 0 : points || 0;
    cell.textContent = points ?? "–";
    const heading = cell.closest("ul").previousElementSibling.querySelector("[data-section]");
    sections[heading.dataset.section] = (sections[heading.dataset.section] || 0) + counted;
    heading.textContent = sections[heading.dataset.section];
    if (points === null) missing.push([`tc-${code}`, code]);
    else done += 1;
    total += counted;
  }
  const open = [];
  for (const question of sheet.querySelectorAll("[data-question]")) {
    if (!question.querySelector(":checked")) {
      open.push([question.closest(".line").id, question.querySelector("legend").textContent]);
    }
  }
  for (const place of sheet.querySelectorAll("[data-count]")) {
    place.textContent = fill(words.count, { done, all: done + missing.length });
  }
  sheet.querySelector("[data-total]").textContent = total;
  list("[data-missing]", missing, "chip");
  list("[data-unanswered]", open, "");
  left = { missing, open };
}

// What the server will refuse a sheet for, said while it cannot be asked: the words, and where the
// first of it is.
function unfilled() {
  const told = [["missing", left.missing], ["unanswered", left.open]]
    .filter(([, entries]) => entries.length)
    .map(([name, entries]) => fill(words[name], {
      count: entries.length, names: entries.map(([, text]) => text).join("; "),
    }));
  return [told.join(" "), [...left.missing, ...left.open][0]?.[0]];
}

function list(name, entries, look) {
  const box = sheet.querySelector(name);
  box.hidden = !entries.length;
  box.querySelector("ul").replaceChildren(...entries.map(([anchor, text]) => {
    const link = Object.assign(document.createElement("a"), {
      href: `#${anchor}`, textContent: text, className: look,
    });
    const row = document.createElement("li");
    row.append(link);
    return row;
  }));
}

// --- Input ---------------------------------------------------------------------------------------
function read(line, name) {
  const code = line.dataset.line;
  if (name === "points" || name === "comment") {
    const chosen = line.querySelector("input[name=points]:checked");
    keep(code, {
      points: chosen ? Number(chosen.value) : null,
      comment: line.querySelector("textarea[name=comment]").value,
    });
  } else if (name.startsWith("gate.")) {
    const chosen = line.querySelector(`input[name="${CSS.escape(name)}"]:checked`);
    keep(`gate:${name.slice(5)}`, { answer: chosen ? chosen.value === "yes" : null });
  } else if (name === "wants_meeting") {
    keep(name, { answer: line.querySelector(`[name=${name}]`).checked });
  } else if (name === "opinion" || name === "rescoring_reason") {
    keep(name, { text: line.querySelector(`[name=${name}]`).value });
  }
}

sheet.addEventListener("input", (event) => {
  const line = event.target.closest(".line");
  if (!line || !event.target.name) return;
  read(line, event.target.name);
  later(event.target.matches("textarea") ? 1500 : 300);
});

sheet.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-conflict]")) return leave(event, words.conflictOffline);
  if (!form.matches("[data-form]")) return undefined;
  if (event.submitter?.matches("[data-submit]")) return leave(event, words.submitOffline);
  event.preventDefault();
  send();
  go(form.elements.next.value);
  return undefined;
});

// Forms that leave the page go when everything kept here has been taken by the server.
let leaving = "";
async function leave(event, sorry) {
  if (leaving === "now") return;
  event.preventDefault();
  if (leaving) return; // a second tap
  leaving = "soon";
  try { await settle(event.target, event.submitter, sorry); } finally { if (leaving !== "now") leaving = ""; }
}

async function settle(target, submitter, sorry) {
  if (sending) await sending;
  await send();
  if (offline || !navigator.onLine) {
    const [told, anchor] = target.matches("[data-conflict]") ? [] : unfilled();
    notice([sorry, told].filter(Boolean).join(" "), anchor && `#${anchor}`, words.toMissing);
    sheet.querySelector("[data-notice]").scrollIntoView({ block: "nearest", behavior: "instant" });
    return;
  }
  if (target.matches("[data-conflict]")) await forget();
  else if (blocked || Object.keys(waiting()).length) return;
  leaving = "now";
  setTimeout(() => target.requestSubmit(submitter)); // not within the event that was stopped
}

async function forget() {
  localStorage.removeItem(KNOWN);
  if (globalThis.caches) await (await caches.open(CACHE)).delete(location.pathname);
}

// --- Moving --------------------------------------------------------------------------------------
let current = sheet.querySelector(".line.first");
let arrived = ""; // the address that was followed last
let typed = "";
sheet.classList.add("moving");

// At once: the next key belongs to the line that is asked for, however late the browser tells.
function go(anchor) {
  if (!anchor) return;
  location.hash = anchor;
  arrive();
}

// An address that names no line (the list, the skip link) leaves the line where it is.
function arrive() {
  typed = ""; // digits of one line are no digits of the next
  arrived = location.hash;
  current = lines.find((line) => location.hash === `#${line.id}`) || current;
  for (const line of lines) line.classList.toggle("now", line === current);
  for (const link of sheet.querySelectorAll(".toc a")) {
    if (link.hash === `#${current.id}`) {
      link.setAttribute("aria-current", "step");
      if (link.offsetParent) link.parentElement.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  if (location.hash !== `#${current.id}`) return;
  if (matchMedia("(min-width: 46em)").matches) scrollTo({ top: 0, behavior: "instant" });
  else current.scrollIntoView({ block: "start", behavior: "instant" });
  current.querySelector("[data-heading]").focus({ preventScroll: true });
}

addEventListener("hashchange", () => { if (location.hash !== arrived) arrive(); });

let typedAt = 0;
function digit(line, key) {
  const now = Date.now();
  typed = now - typedAt < 800 ? typed + key : key;
  typedAt = now;
  const radios = [...line.querySelectorAll("input[name=points]")];
  const radio = radios.find((r) => r.value === typed) || radios.find((r) => r.value === key);
  if (!radio) return;
  radio.checked = true;
  read(line, "points");
  later(300);
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.isComposing) return;
  const line = current;
  const writing = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  if (event.key === "Enter" && writing && event.ctrlKey) {
    event.preventDefault();
    line.querySelector("form").requestSubmit(line.querySelector("button:not([data-submit])"));
  }
  if (writing || event.ctrlKey || location.hash === "#muc-luc") return;
  if (/^[0-9]$/.test(event.key) && line.dataset.line) {
    event.preventDefault();
    digit(line, event.key);
  } else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    if (line.id !== "nop") line.querySelector("form").requestSubmit();
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const next = lines[lines.indexOf(line) + (event.key === "ArrowRight" ? 1 : -1)];
    if (!next || event.target.closest(".condition, .toc, header.top")) return;
    event.preventDefault();
    go(next.id);
  }
});

// --- Other windows, the network, the device ------------------------------------------------------
addEventListener("storage", (event) => {
  if (!event.key?.startsWith(PREFIX)) return;
  if (event.newValue) {
    const brought = JSON.parse(event.newValue);
    if (event.key === KNOWN) learn(brought);
    else takeNewer({ [event.key.slice(PREFIX.length)]: brought });
    showAll();
  }
  tell();
});
addEventListener("online", () => { offline = false; later(0); });
addEventListener("offline", () => { offline = true; tell(); });
document.addEventListener("visibilitychange", () => { if (!blocked) later(0); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// The page itself is kept, to open again without a network.
async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register(worker, { scope: worker.replace(/[^/]*$/, "") });
  const parts = new Set(performance.getEntriesByType("resource").map((part) => part.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`)));
  const cache = await caches.open(CACHE);
  if (!(await cache.match(location.pathname))) await cache.add(location.pathname);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
  for (const { url } of await cache.keys()) {
    if (url.startsWith(`${location.origin}/static/`) && !parts.has(url)) await cache.delete(url);
  }
}

const known = localStorage.getItem(KNOWN);
if (known) takeNewer(JSON.parse(known).given);
takeNewer(waiting());
offline = !navigator.onLine;
showAll();
arrive();
send();
keepPage().catch(() => {}); // no room or not allowed: the sheet works, only not from a cold start
