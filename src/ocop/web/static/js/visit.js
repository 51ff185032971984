// A visit or a post-check is written in this device first and sent when there is a network. What is being written
// is a draft here until it is saved, then it waits here until the server has taken it. Without this
// script the form is sent as any other.
const form = document.querySelector("form[data-visit]");
const field = form.elements;
const facts = form.dataset;
const words = JSON.parse(document.getElementById("loi-noi").textContent);
const status = document.querySelector("[data-visit-status]");
const login = document.querySelector("[data-visit-login]");
const waiting = document.querySelector("[data-visit-waiting]");
const list = document.querySelector("[data-visit-list]");
const chosen = document.querySelector("[data-visit-photos]");
const place = document.querySelector("[data-visit-position]");
// Everything that is written in the form; of what is chosen the last choice means nothing chosen.
const APART = ["csrfmiddlewaretoken", "client_id", "photos", ""];
const TEXTS = [...new Set([...field].map((control) => control.name))]
  .filter((name) => !APART.includes(name));
const ABOUT = ["id", "user", "address", "title", "photos", "refused"]; // of a row that is kept
const BLANK = Object.fromEntries(TEXTS.map((name) => [
  name, field[name] instanceof RadioNodeList ? [...field[name]].at(-1).value : "",
]));
const LARGEST = 1600; // pixels of the longer side: enough to see, little to send
const AGAIN = 15000; // ms between attempts while something waits
const PAUSE = 250; // ms after the last key
const CACHE = "ocop-visits-1"; // the worker's
const OWNER = "ocop-visits-owner";

// --- What this device keeps ----------------------------------------------------------------------
const database = new Promise((resolve, reject) => {
  const request = indexedDB.open("ocop-visits", 2);
  request.onupgradeneeded = () => {
    for (const name of ["visits", "drafts"]) {
      if (!request.result.objectStoreNames.contains(name)) {
        request.result.createObjectStore(name, { keyPath: "id" });
      }
    }
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// One transaction over both stores: a visit is never in neither, nor in both.
async function keeping(mode, act) {
  const transaction = (await database).transaction(["visits", "drafts"], mode);
  const request = act(transaction.objectStore("visits"), transaction.objectStore("drafts"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const mine = (rows) => rows.filter((row) => row.user === facts.user);
const kept = async () => mine(await keeping("readonly", (visits) => visits.getAll()));
const windows = new BroadcastChannel("ocop-visits");

function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// --- The draft of this window --------------------------------------------------------------------
let photos = [];
let touched = false; // something stands here that would be missed
let release = () => {};
let timer = 0;

// A draft belongs to one living window: two windows never save the same one.
function hold(id) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(
      `ocop-visit-draft:${id}`,
      { signal: AbortSignal.timeout(500) }, // a window that just closed lets go a little later
      () => { resolve(true); return new Promise((free) => { release = free; }); },
    ).catch(() => resolve(false));
  });
}

// As the server reads it: the clock of Vietnam, whatever zone this device is set to.
const local = (when) => new Date(when.getTime() + 7 * 3600000).toISOString().slice(0, 16);

function told(visited) {
  const [day, time = ""] = visited.split("T");
  return `${time} ${day.split("-").reverse().join("/")}`;
}

async function begin() {
  release();
  const id = identifier(); // never the page's own: it may be the kept page of last week
  photos = [];
  touched = false;
  // Before waiting for anything: what is typed meanwhile stays.
  fill({ ...BLANK, id, visited_at: local(new Date()) });
  await hold(id);
}

function fill(draft) {
  field.client_id.value = draft.id;
  for (const name of TEXTS) field[name].value = draft[name] ?? BLANK[name];
  showPlace();
  showPhotos();
}

async function restore() {
  if (field.note.value.trim()) { touched = true; return; } // an answer of the server, with errors
  await begin();
  const drafts = mine(await keeping("readonly", (_, all) => all.getAll()));
  for (const draft of drafts.filter((each) => each.address === facts.visit)) {
    const empty = release;
    if (!(await hold(draft.id))) continue;
    if (touched) { release(); release = empty; return; } // already typing: it waits for its turn
    empty();
    photos = draft.photos;
    touched = true;
    fill(draft);
    return;
  }
}

function written() {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, field[name].value]));
  return {
    id: field.client_id.value, user: facts.user, address: facts.visit, title: facts.title,
    ...texts, photos, refused: "",
  };
}

function changed() {
  touched = true;
  clearTimeout(timer);
  timer = setTimeout(keepDraft, PAUSE);
}

async function keepDraft() {
  clearTimeout(timer);
  if (!touched || saving) return;
  try {
    const draft = written();
    const nothing = !draft.photos.length
      && TEXTS.every((name) => name === "visited_at" || draft[name].trim() === BLANK[name]);
    await keeping("readwrite", (_, drafts) => (nothing ? drafts.delete(draft.id) : drafts.put(draft)));
  } catch {
    status.textContent = words.full;
  }
}

for (const name of ["input", "change"]) {
  form.addEventListener(name, (event) => { if (event.target !== field.photos) changed(); });
}
addEventListener("pagehide", keepDraft);

// --- Photographs and the place -------------------------------------------------------------------
async function smaller(file) {
  if (!file.type.startsWith("image/")) return { name: file.name, blob: file };
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LARGEST / Math.max(image.width, image.height));
    if (scale < 1) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
      if (blob) return { name: `${file.name.replace(/\.[^.]*$/, "")}.jpg`, blob };
    }
  } catch { /* the server looks at it again and says what is wrong */ }
  return { name: file.name, blob: file };
}

// A phone's camera gives one picture at a time: each is added to those before.
field.photos.addEventListener("change", async () => {
  const files = [...field.photos.files];
  field.photos.value = "";
  if (photos.length + files.length > Number(facts.most)) {
    status.textContent = words.many;
    return;
  }
  for (const file of files) {
    const photo = await smaller(file);
    // Read now: the file behind a name may be gone when there is a network again.
    photos.push({ name: photo.name, blob: new Blob([await photo.blob.arrayBuffer()], { type: photo.blob.type }) });
  }
  showPhotos();
  touched = true;
  await keepDraft();
});

function button(text, look, act) {
  const made = Object.assign(document.createElement("button"), {
    type: "button", className: `btn small ${look}`, textContent: text,
  });
  made.addEventListener("click", act);
  return made;
}

function line(text, ...more) {
  const row = document.createElement("li");
  row.append(Object.assign(document.createElement("span"), { textContent: text }), ...more);
  return row;
}

function showPhotos() {
  chosen.hidden = !photos.length;
  chosen.querySelector("ul").replaceChildren(...photos.map((photo) => line(
    `${photo.name} · ${Math.ceil(photo.blob.size / 1000)} kB`,
    button(words.discard, "plain", () => {
      photos = photos.filter((each) => each !== photo);
      showPhotos();
      keepDraft();
    }),
  )));
}

function showPlace() {
  const [lat, lon, accuracy] = ["lat", "lon", "accuracy"].map((name) => field[name].value);
  place.textContent = lat && lon
    ? `${Number(lat).toFixed(5)}, ${Number(lon).toFixed(5)} (± ${Math.round(Number(accuracy))} m)`
    : words.noPlace;
}

document.querySelector("[data-visit-locate]").addEventListener("click", () => {
  const nowhere = () => { place.textContent = words.nowhere; };
  if (!navigator.geolocation) { nowhere(); return; }
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    field.lat.value = coords.latitude;
    field.lon.value = coords.longitude;
    field.accuracy.value = coords.accuracy;
    showPlace();
    touched = true;
    keepDraft();
  }, nowhere, { enableHighAccuracy: true, timeout: 20000 });
});

// --- Saving --------------------------------------------------------------------------------------
let saving = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (saving) return; // a second tap
  const missing = [...field].find((control) => control.required && !control.value.trim());
  if (missing) {
    status.textContent = words.empty;
    missing.focus();
    return;
  }
  saving = true;
  clearTimeout(timer);
  try {
    const visit = written();
    await keeping("readwrite", (visits, drafts) => {
      drafts.delete(visit.id);
      return visits.put(visit);
    });
    await begin();
  } catch {
    plainly(); // this device keeps nothing
    return;
  } finally {
    saving = false;
  }
  status.textContent = words.kept;
  await draw();
  await send();
});

function plainly() {
  const files = new DataTransfer();
  for (const { name, blob } of photos) files.items.add(new File([blob], name, { type: blob.type }));
  field.photos.files = files.files;
  form.submit();
}

// --- Sending -------------------------------------------------------------------------------------
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
  || field.csrfmiddlewaretoken.value;
let again = 0;

async function send() {
  clearTimeout(again);
  // One after the other, in all windows: an attempt that fails now must not hide that the network
  // is back, and what one window has sent the next does not find.
  if (navigator.locks) await navigator.locks.request("ocop-visits-send", sendAll);
  else await sendAll();
  await draw();
  windows.postMessage("sent");
}

async function sendAll() {
  for (const visit of await kept()) {
    if (visit.refused) continue;
    const stop = await deliver(visit);
    login.hidden = stop !== words.signIn;
    login.href = `${facts.login}?next=${encodeURIComponent(location.pathname)}`;
    if (!stop) continue;
    status.textContent = stop;
    again = setTimeout(send, AGAIN);
    return;
  }
}

// Nothing when the server has answered for good, else why it has to be tried again.
async function deliver(visit) {
  const body = new FormData();
  body.append("client_id", visit.id);
  // What waits may have been written in another form: its own fields, not those of this page.
  for (const name of Object.keys(visit)) if (!ABOUT.includes(name)) body.append(name, visit[name]);
  for (const photo of visit.photos) body.append("photos", photo.blob, photo.name);
  const headers = { "X-CSRFToken": token(), Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(visit.address, { method: "POST", body, headers, redirect: "manual" });
  } catch {
    return words.offline;
  }
  if (answer.ok) {
    await keeping("readwrite", (visits) => visits.delete(visit.id));
    status.textContent = words.sent;
    return "";
  }
  const told = answer.status === 413 ? words.tooLarge
    : (await answer.json().catch(() => ({}))).message;
  if (!told) {
    const ended = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
    return ended ? words.signIn : words.busy;
  }
  await keeping("readwrite", (visits) => visits.put({ ...visit, refused: told }));
  status.textContent = told;
  return "";
}

async function draw() {
  const visits = await kept();
  waiting.hidden = visits.length === 0;
  list.replaceChildren(...visits.map((visit) => {
    const count = visit.photos.length ? ` · ${visit.photos.length} ${words.photos}` : "";
    const row = line(`${visit.title} · ${told(visit.visited_at)}${count}`);
    if (!visit.refused) return row;
    row.append(Object.assign(document.createElement("b"), { textContent: visit.refused }));
    if (visit.address === facts.visit) row.append(button(words.change, "", () => change(visit)));
    row.append(button(words.discard, "danger", async () => {
      await keeping("readwrite", (all) => all.delete(visit.id));
      await draw();
    }));
    return row;
  }));
}

// What was refused becomes what is being written; what stood here waits as a draft.
async function change(visit) {
  await keepDraft();
  release();
  await hold(visit.id);
  await keeping("readwrite", (visits, drafts) => {
    visits.delete(visit.id);
    return drafts.put(visit);
  });
  photos = visit.photos;
  touched = true;
  fill(visit);
  field.note.focus();
  await draw();
}

document.querySelector("[data-visit-send]").addEventListener("click", send);
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (document.hidden) keepDraft(); else send(); });
windows.addEventListener("message", draw);

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
  for (const { url } of await cache.keys()) {
    if (url.startsWith(`${location.origin}/static/`) && !parts.has(url)) await cache.delete(url);
  }
}

restore().then(draw).then(send).catch(() => {}); // no room or not allowed: the form still works
keepPage().catch(() => {});
