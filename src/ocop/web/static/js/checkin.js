// People are let in with their tickets, with a network or without one. The list of tickets is taken
// along; each showing is kept here until the server has answered. Two devices that could not talk
// may both let a ticket in: the server keeps the earlier and tells the other. Without this script the
// form sends one ticket after the other.
const form = document.querySelector("form[data-checkin]");
const field = form.elements;
const facts = form.dataset;
const words = JSON.parse(document.getElementById("loi-diem-danh").textContent);
const [result, status, login, counts, waiting, repeats, camera, video, take] =
  ["result", "status", "login", "counts", "waiting", "repeats", "camera", "video", "take"]
    .map((name) => document.querySelector(`[data-checkin-${name}]`));
const CACHE = facts.store; // the worker's
const SIGNS = /^[0-9a-hjkmnp-tv-z]{8}$/; // Crockford: no i, l, o, u
const AGAIN = 15000; // ms between attempts while something waits
const AT_ONCE = 200; // showings in one sending
const LOOK = 200; // ms between two looks through the camera
const SAME = 4000; // ms in which the same ticket before the camera is the same showing

// --- What this device keeps ----------------------------------------------------------------------
const database = new Promise((resolve, reject) => {
  const request = indexedDB.open("ocop-checkins", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("showings", { keyPath: "id" });
    request.result.createObjectStore("lists", { keyPath: "key" });
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function keeping(mode, act) {
  const transaction = (await database).transaction(["showings", "lists"], mode);
  const request = act(transaction.objectStore("showings"), transaction.objectStore("lists"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const own = (row) => row.user === facts.user && row.address === facts.checkin;
const kept = async () => (await keeping("readonly", (showings) => showings.getAll())).filter(own);
const windows = new BroadcastChannel("ocop-checkins");

function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function device() {
  const known = localStorage.getItem("ocop-device") ?? identifier().slice(0, 8);
  localStorage.setItem("ocop-device", known);
  return known;
}

// --- The list that is taken along ----------------------------------------------------------------
const KEY = `${facts.user}:${facts.checkin}`;
const NONE = { made: "", people: {}, entered: {} };
let list = NONE;

async function loadList() {
  list = await keeping("readonly", (_, lists) => lists.get(KEY)) ?? NONE;
}

async function takeList() {
  const answer = await fetch(facts.list, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) throw new Error("no list");
  await keepList({ key: KEY, ...(await answer.json()) });
}

async function keepList(told) {
  await keeping("readwrite", (_, lists) => lists.put(told));
  list = told;
}

// --- A ticket is shown ---------------------------------------------------------------------------
function ticketIn(text) {
  const end = text.trim().split("?")[0].split("#")[0].replace(/\/+$/, "").split("/").pop();
  const read = end.replace(/[\s-]/g, "").toLowerCase().replace(/o/g, "0").replace(/[il]/g, "1");
  return SIGNS.test(read) ? read : "";
}

const clock = (iso) => new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

function show(tone, said, more = "") {
  const told = Object.assign(document.createElement("b"), { textContent: said });
  const about = Object.assign(document.createElement("p"), { textContent: more });
  result.className = `band ${tone}`;
  result.replaceChildren(told, about);
  result.hidden = false;
}

async function shown(text) {
  const ticket = ticketIn(text);
  if (!ticket) { show("bad", words.unreadable, text); return; }
  const at = new Date().toISOString();
  const gate = field.gate.value.trim();
  const before = [
    ...(list.entered[ticket] ? [list.entered[ticket]] : []),
    ...(await kept()).filter((row) => row.ticket === ticket).map((row) => [row.gate, row.at]),
  ].sort((one, two) => (one[1] < two[1] ? -1 : 1))[0];
  await keeping("readwrite", (showings) => showings.put({
    id: identifier(), user: facts.user, address: facts.checkin, ticket, gate, at,
  }));
  const name = list.people[ticket];
  if (before) show("due", words.repeat, [name ?? ticket, before[0], clock(before[1])].filter(Boolean).join(" · "));
  else if (name) show("ok", words.entered, name);
  else show("flat", words.unlisted, ticket);
  await draw();
  await send();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.ticket.value;
  if (!text.trim()) { field.ticket.focus(); return; }
  try {
    await shown(text);
    field.ticket.value = "";
    field.ticket.focus();
  } catch {
    form.submit(); // this device keeps nothing
  }
});

// --- Sending -------------------------------------------------------------------------------------
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  || field.csrfmiddlewaretoken.value;
let again = 0;

async function send() {
  clearTimeout(again);
  if (navigator.locks) await navigator.locks.request("ocop-checkins-send", sendAll);
  else await sendAll();
  await draw();
  windows.postMessage("sent");
}

async function sendAll() {
  for (;;) {
    const some = (await kept()).slice(0, AT_ONCE);
    if (!some.length) return;
    const stop = await deliver(some);
    status.textContent = stop || words.sent;
    login.hidden = stop !== words.signIn;
    login.href = `${facts.login}?next=${encodeURIComponent(location.pathname)}`;
    if (!stop) continue;
    again = setTimeout(send, AGAIN);
    return;
  }
}

// Nothing when the server has answered for each, else why it has to be tried again.
async function deliver(some) {
  const records = some.map(({ id, ticket, gate, at }) => ({ id, ticket, gate, at }));
  let answer;
  try {
    answer = await fetch(facts.checkin, {
      method: "POST", redirect: "manual",
      headers: { "X-CSRFToken": token(), Accept: "application/json", "Content-Type": "application/json" },
      body: JSON.stringify({ device: device(), sent_at: new Date().toISOString(), records }),
    });
  } catch {
    return words.offline;
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    if (told.message) return told.message;
    const ended = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    return ended ? words.signIn : words.busy;
  }
  const answered = new Set(told.results.map(({ id }) => id));
  await keeping("readwrite", (showings) => { for (const id of answered) showings.delete(id); });
  if (list.key) {
    const entered = { ...list.entered };
    for (const { ticket, entry } of told.results) if (entry) entered[ticket] = entry;
    await keepList({ ...list, entered });
  }
  for (const { state, ticket, said } of told.results) {
    if (state !== "entered") note(`${list.people[ticket] ?? ticket}: ${said}`);
  }
  return answered.size ? "" : words.busy;
}

function note(text) {
  const line = Object.assign(document.createElement("li"), { textContent: text });
  repeats.querySelector("ul").prepend(line);
  repeats.hidden = false;
}

async function draw() {
  const rows = await kept();
  const inside = new Set([...Object.keys(list.entered), ...rows.map((row) => row.ticket)]
    .filter((ticket) => list.people[ticket]));
  counts.textContent = list.made
    ? `${inside.size} / ${Object.keys(list.people).length} · ${words.made} ${clock(list.made)}`
    : words.noList;
  waiting.textContent = rows.length ? `${words.waiting}: ${rows.length}` : words.none;
}

// --- The camera ----------------------------------------------------------------------------------
const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
const detector = formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
let stream = null;
let last = { text: "", at: 0 };

function closeCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
}

async function look() {
  if (!stream) return;
  const text = (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
  if (text && (text !== last.text || Date.now() - last.at > SAME)) await shown(text).catch(() => {});
  if (text) last = { text, at: Date.now() };
  setTimeout(look, LOOK);
}

async function openCamera() {
  if (stream) { closeCamera(); return; }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    status.textContent = words.noCamera;
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  await look();
}

// --- The page itself, to open without a network --------------------------------------------------
async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  const owner = `${CACHE}-owner`;
  if (localStorage.getItem(owner) !== facts.user) { // a phone may go from hand to hand
    await caches.delete(CACHE);
    localStorage.setItem(owner, facts.user);
  }
  await navigator.serviceWorker.register(facts.worker);
  const cache = await caches.open(CACHE);
  const parts = new Set(performance.getEntriesByType("resource").map((part) => part.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`)));
  if (!(await cache.match(location.pathname))) await cache.add(location.pathname);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
}

take.addEventListener("click", async () => {
  try {
    await takeList();
    status.textContent = words.taken;
  } catch {
    status.textContent = words.noNetwork;
  }
  await draw();
});
camera.hidden = !detector || !navigator.mediaDevices;
camera.addEventListener("click", openCamera);
addEventListener("pagehide", closeCamera);
document.querySelector("[data-checkin-send]").addEventListener("click", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
windows.addEventListener("message", draw);

async function begin() {
  await loadList();
  await takeList().catch(() => {}); // no network: what was taken along before serves
  await draw();
  form.dataset.ready = "";
  await send();
}

begin().catch(() => {}); // no room or not allowed: the form still works
keepPage().catch(() => {});
