// Numbers, of a point or a design centre in a month or of a booth on a day, are kept in this device
// first and sent when there is a network. What is being typed is a draft here; what was sent off waits here until the
// server has taken it. Without this script the form is sent as any other.
const form = document.querySelector("form[data-sales]");
const field = form.elements;
const facts = form.dataset;
const words = JSON.parse(document.getElementById("loi-noi").textContent);
const [status, login, waiting, list] =
  ["status", "login", "waiting", "list"].map((name) => document.querySelector(`[data-sales-${name}]`));
const QUEUE = `ocop-sales:${facts.user}`;
const DRAFT = `ocop-sales-draft:${facts.user}:${facts.sales}`;
const CACHE = "ocop-sales-1"; // the worker's
const OWNER = "ocop-sales-owner";
const AGAIN = 15000; // ms between attempts while something waits
const NAMES = [...field].map(({ name }) => name)
  .filter((name) => name && !["csrfmiddlewaretoken", "client_id"].includes(name));

const kept = () => JSON.parse(localStorage.getItem(QUEUE) ?? "[]");
const keep = (rows) => localStorage.setItem(QUEUE, JSON.stringify(rows));

function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const typed = () => Object.fromEntries(NAMES.map((name) => [name, field[name].value]));

function fill(values) {
  for (const name of NAMES) if (name in values) field[name].value = values[name];
}

// --- The draft -----------------------------------------------------------------------------------
form.addEventListener("input", () => {
  try {
    localStorage.setItem(DRAFT, JSON.stringify(typed()));
    status.textContent = words.draft;
  } catch { /* no room: the form still works */ }
});

// --- Sending -------------------------------------------------------------------------------------
form.addEventListener("submit", (event) => {
  if (!form.reportValidity()) { // there may be nobody to say later what is missing
    event.preventDefault();
    return;
  }
  try {
    const row = { id: identifier(), address: facts.sales, title: facts.title, values: typed(), refused: "" };
    // What waits for the same month or day is replaced: the last numbers are meant.
    keep([...kept().filter(({ address }) => address !== row.address), row]);
    localStorage.removeItem(DRAFT);
  } catch {
    return; // this device keeps nothing: sent as any other form
  }
  event.preventDefault();
  status.textContent = words.kept;
  send();
});

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  || field.csrfmiddlewaretoken.value;
let again = 0;

async function send() {
  clearTimeout(again);
  if (navigator.locks) await navigator.locks.request("ocop-sales-send", sendAll);
  else await sendAll();
  draw();
}

async function sendAll() {
  for (const row of kept()) {
    if (row.refused) continue;
    const stop = await deliver(row);
    login.hidden = stop !== words.signIn;
    login.href = `${facts.login}?next=${encodeURIComponent(location.pathname)}`;
    if (!stop) continue;
    status.textContent = stop;
    again = setTimeout(send, AGAIN);
    return;
  }
}

// Nothing when the server has answered for good, else why it has to be tried again.
async function deliver(row) {
  const body = new FormData();
  body.append("client_id", row.id);
  for (const [name, value] of Object.entries(row.values)) body.append(name, value);
  const headers = { "X-CSRFToken": token(), Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(row.address, { method: "POST", body, headers, redirect: "manual" });
  } catch {
    return words.offline;
  }
  const others = () => kept().filter(({ id }) => id !== row.id);
  if (answer.ok) {
    keep(others());
    status.textContent = words.sent;
    return "";
  }
  const told = (await answer.json().catch(() => ({}))).message;
  if (!told) {
    const ended = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    return ended ? words.signIn : words.busy;
  }
  keep([...others(), { ...row, refused: told }]);
  status.textContent = told;
  return "";
}

function draw() {
  const rows = kept();
  waiting.hidden = rows.length === 0;
  list.replaceChildren(...rows.map((row) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("span"), { textContent: row.title }));
    if (!row.refused) return line;
    const drop = Object.assign(document.createElement("button"), {
      type: "button", className: "btn small danger", textContent: words.discard,
    });
    drop.addEventListener("click", () => {
      keep(kept().filter(({ id }) => id !== row.id));
      if (row.address === facts.sales) location.reload(); // the form shows what the server has
      draw();
    });
    line.append(Object.assign(document.createElement("b"), { textContent: row.refused }), drop);
    return line;
  }));
}

addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });

// --- The page itself, to open without a network --------------------------------------------------
async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  if (localStorage.getItem(OWNER) !== facts.user) { // a phone may go from hand to hand
    await caches.delete(CACHE);
    localStorage.setItem(OWNER, facts.user);
  }
  await navigator.serviceWorker.register(facts.worker);
  const parts = new Set(performance.getEntriesByType("resource").map((part) => part.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`)));
  const cache = await caches.open(CACHE);
  if (!(await cache.match(location.pathname))) await cache.add(location.pathname);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
}

// What waits here, or was refused and is to be mended, stands in the form again; a draft is newer.
try {
  const draft = localStorage.getItem(DRAFT);
  const row = kept().find(({ address }) => address === facts.sales);
  if (draft) fill(JSON.parse(draft));
  else if (row) fill(row.values);
  draw();
  send();
} catch { /* not allowed to keep anything: the form still works */ }
keepPage().catch(() => {});
