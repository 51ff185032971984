// The checking page: keys and lists are fetched while there is a network and kept in this device;
// what is checked never leaves it. Without this script the form asks the server.
const form = document.querySelector("form[data-verify]");
const facts = form.dataset;
const reading = await import(facts.reading);
const words = JSON.parse(document.getElementById("loi-noi").textContent);
const language = document.documentElement.lang;
const [result, status, own, video] = ["result", "status", "own", "video"]
  .map((name) => document.querySelector(`[data-verify-${name}]`));
const STORE = "ocop-kiem-tra";
const CACHE = "ocop-kiem-tra"; // the worker's
const PATIENCE = 5000; // ms for the network
const STALE = 7; // days after which a list counts as old
const DAY = 86400000; // ms
const LOOK = 200; // ms between two looks through the camera
const DID = "/.well-known/did.json";
const STATUS = "/so-dang-ky/trang-thai.jwt";
const BLANK = { keys: {}, refused: {}, methods: [], changes: null, lists: {}, pinnedAt: "", seenAt: "" };

// --- What this device keeps ----------------------------------------------------------------------
let kept = { ...BLANK };
try { kept = { ...BLANK, ...JSON.parse(localStorage.getItem(STORE)) }; } catch { /* nothing yet */ }

function keep() {
  try { localStorage.setItem(STORE, JSON.stringify(kept)); } catch { /* no room: for this visit only */ }
}

const keysOf = (purpose) => (kept.keys[purpose] ?? []).map((key) => key.public);

async function got(address, read = "json") {
  const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.status);
  return answer[read]();
}

// Fetch keys and list; a key that no pinned one vouches for is not taken.
async function refresh() {
  const shown = (await got(facts.keys)).keys;
  const now = new Date().toISOString();
  for (const [purpose, keys] of Object.entries(shown)) {
    const found = await reading.follow(kept.keys[purpose] ?? [], keys, purpose);
    kept.keys[purpose] = found.keys;
    kept.refused[purpose] = found.refused;
  }
  kept.pinnedAt ||= now;
  kept.seenAt = now;
  if (keysOf("credential").length) await refreshCredentials();
  const fresh = await got(facts.changes);
  if (fresh && await isNewer(fresh)) kept.changes = fresh;
  keep();
}

// The names of the keys of credentials, and the list of those that ended.
async function refreshCredentials() {
  const issuer = await got(DID);
  if (!issuer) return;
  const may = [issuer.assertionMethod ?? []].flat().map((each) => each.id ?? each);
  kept.methods = issuer.verificationMethod.filter((method) => may.includes(method.id));
  const list = await got(STATUS, "text");
  const told = list && await credentialOf(list).catch(() => null);
  if (!told?.id) return;
  const held = await heldList(told.id);
  if (!held || reading.madeAt(told) >= reading.madeAt(held)) kept.lists[told.id] = list;
}

const credentialOf = (text) => reading.readCredential(text, kept.methods, keysOf("credential"));

// The list of ended stars in this device, or nothing where its keys did not sign it.
async function heldList(id) {
  const held = kept.lists[id];
  return held ? credentialOf(held).catch(() => null) : null;
}

// A clock that was set back does not make a star younger than the lists in the device.
async function moment() {
  const list = await changes();
  const lists = await Promise.all(Object.keys(kept.lists).map(heldList));
  const made = [list && Date.parse(list.at), ...lists.map((each) => each && reading.madeAt(each))];
  return new Date(Math.max(Date.now(), ...made.filter(Number.isFinite)));
}

// A clock that is a day behind a list in the device does not know what day it is: how old the list is,
// and what has begun or ended since, cannot be told. What had ended before the list was made has.
const isLost = (now) => now - Date.now() > DAY;

const shownByClock = () => written(new Date().toISOString());

async function changes(envelope = kept.changes) {
  if (!envelope) return null;
  return reading.readChanges(envelope, keysOf("label")).catch(() => null);
}

// An older list, or one of another signer, is never put in the place of a newer one.
async function isNewer(envelope) {
  const [held, fresh] = [await changes(), await changes(envelope)];
  return Boolean(fresh) && (!held || new Date(fresh.at) >= new Date(held.at));
}

// --- What is shown -------------------------------------------------------------------------------
const day = (iso) => (iso ? iso.split("-").reverse().join("/") : "");

function written(iso) {
  if (!iso) return "";
  const local = new Date(new Date(iso).getTime() + 7 * 3600000).toISOString();
  return `${local.slice(11, 16)} ${day(local.slice(0, 10))}`;
}

const daysSince = (iso) => Math.max(0, Math.floor((Date.now() - new Date(iso)) / DAY));
const ago = (iso) => new Intl.RelativeTimeFormat(language, { numeric: "auto" })
  .format(-daysSince(iso), "day").toLocaleLowerCase(language);

// What a list says of one paper, as the facts show it.
const heard = (asOf, named) => ({
  list: asOf && written(asOf),
  named: asOf && named,
  unnamed: asOf && !named,
  unlisted: !asOf,
  stale: asOf && daysSince(asOf) >= STALE ? ago(asOf) : "",
});

// A template of the page with its places filled; what has nothing to say is left out.
function drawn(name, told) {
  const made = document.getElementById(`mau-${name}`).content.cloneNode(true);
  for (const place of made.querySelectorAll("[data-if]")) if (!told[place.dataset.if]) place.remove();
  for (const place of made.querySelectorAll("[data-slot]")) place.textContent = told[place.dataset.slot];
  for (const link of made.querySelectorAll("[data-to]")) link.href = told[link.dataset.to];
  return made;
}

function show(...parts) {
  status.textContent = "";
  result.replaceChildren(...parts);
  result.hidden = false;
  result.focus();
}

async function drawOwn() {
  const [label, credential] = [keysOf("label"), keysOf("credential")];
  const list = await changes();
  const refused = Object.values(kept.refused).find(Boolean) ?? "";
  own.replaceChildren(drawn("own", {
    none: !label.length,
    keys: label.length ? await reading.fingerprint(label.at(-1)) : "",
    credential: credential.length ? await reading.fingerprint(credential.at(-1)) : "",
    pinned: kept.pinnedAt && written(kept.pinnedAt),
    pinnedAgo: kept.pinnedAt && ago(kept.pinnedAt),
    seen: kept.seenAt && written(kept.seenAt),
    list: list && written(list.at),
    listAgo: list && ago(list.at),
    refused: refused && await reading.fingerprint(refused),
  }));
  own.querySelector("[data-repin]")?.addEventListener("click", repin);
}

// The office said that its key is new: begin again with what the server shows.
async function repin() {
  kept = { ...BLANK, keys: {}, refused: {}, lists: {} };
  await renew();
}

async function renew() {
  await refresh().catch(() => { status.textContent = words.noNetwork; });
  await drawOwn();
}

// --- Checking ------------------------------------------------------------------------------------
// What is read with the keys of this device. Where they know no signer of it they may be older than
// the paper: it is judged by those that the server shows now, and without a network not at all.
async function judged(read, unknown) {
  try {
    return { found: await read() };
  } catch (error) {
    if (error.message !== unknown) return { word: wordOf(error) };
  }
  const fresh = navigator.onLine && await refresh().then(() => true, () => false);
  if (fresh) await drawOwn();
  try {
    return { found: await read() };
  } catch (error) {
    return { word: fresh || error.message !== unknown ? wordOf(error) : "unjudged" };
  }
}

// Keys that may be too old are told with the moment they were compared with the server's.
const since = (word) => ({ day: word === "unjudged" ? written(kept.seenAt) : "" });

const wordOf = (error) => (error instanceof reading.Refused ? error.message : "malformed");

async function checkLabel(text) {
  if (!keysOf("label").length) return show(drawn("nokeys", {}));
  const { found: label, word } = await judged(() => reading.readLabel(text, keysOf("label")), "unsigned");
  if (!label) {
    const refused = [kept.refused.label].filter(Boolean);
    const other = await reading.readLabel(text, refused).then(() => true, () => false);
    return show(drawn(other ? "unvouched" : word, since(word)));
  }
  const list = await changes();
  const now = await moment();
  const found = reading.standing(label, list, reading.dayOf(now));
  let told = { word: found.word, day: day(found.day) };
  if (["valid", "extended"].includes(found.word)) {
    // An old list may not know of a revocation: what it does not name it does not vouch for.
    if (daysSince(list?.at ?? 0) >= STALE) told = { ...told, word: "stale" };
    if (isLost(now)) told = { word: "clock", day: shownByClock() };
  }
  return show(drawn(told.word, told), drawn("label", {
    product: label.product,
    recognition: label.recognition, // as it is printed beside the code
    lastDay: day(label.lastDay),
    ...heard(list?.at, list && reading.isNamed(label, list)),
    key: await reading.fingerprint(label.key),
    address: `/V/${text}`,
  }));
}

async function checkCredential(text) {
  if (!keysOf("credential").length) return show(drawn("nokeys", {}));
  const { found: credential, word: refused } = await judged(() => credentialOf(text), "stranger");
  if (!credential) {
    return show(drawn(refused === "unjudged" ? "credential-unjudged" : refused, since(refused)));
  }
  const now = await moment();
  const entries = reading.statuses(credential);
  let word = reading.timed(credential, now);
  let asOf = "";
  if (!entries.length && word === "valid") word = "unlisted";
  for (const entry of entries) {
    const list = await heldList(reading.listOf(entry));
    const ended = await reading.heard(entry, list, now);
    asOf = list?.validFrom ?? asOf;
    if (ended) { word = entry.statusPurpose === "suspension" ? "suspended" : "ended"; break; }
    if (ended === null && word === "valid") {
      word = list && reading.timed(list, now) === "expired" ? "stale" : "unlisted";
    }
  }
  if (isLost(now) && ["valid", "early"].includes(word)) word = "clock";
  const byClock = ["clock", "early"].includes(word) ? shownByClock() : "";
  return show(drawn(`credential-${word}`, { day: byClock }), drawn("credential", {
    ...reading.told(credential),
    page: String(credential.id ?? "").startsWith(`${location.origin}/`) ? credential.id : "",
    from: credential.validFrom && day(reading.dayOf(new Date(credential.validFrom))),
    until: credential.validUntil && day(reading.dayOf(new Date(credential.validUntil))),
    ...heard(asOf, word === "ended" || word === "suspended"),
  }));
}

async function check(text) {
  const label = reading.labelIn(text);
  if (label) return checkLabel(label);
  const credential = reading.credentialIn(text);
  return credential ? checkCredential(credential) : show(drawn("nothing", {}));
}

// --- Codes ---------------------------------------------------------------------------------------
const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
const detector = formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
let stream = null;

const seenIn = async (picture) => (await detector.detect(picture))[0]?.rawValue ?? "";

function closeCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
}

async function look() {
  if (!stream) return;
  const text = await seenIn(video).catch(() => "");
  if (!stream) return;
  if (!text) { setTimeout(look, LOOK); return; }
  closeCamera();
  form.elements.text.value = text;
  await check(text);
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

async function inFile(file) {
  if (!file.type.startsWith("image/")) return file.text();
  return seenIn(await createImageBitmap(file)).catch(() => "");
}

async function submitted(event) {
  const file = form.elements.file.files[0];
  const text = form.elements.text.value.trim();
  const photograph = !text && file?.type.startsWith("image/");
  if (photograph && !detector && navigator.onLine) return; // the server reads it
  event.preventDefault();
  status.textContent = photograph && !detector ? words.noReader : "";
  if (!status.textContent) await check(text || (file ? await inFile(file) : ""));
}

// --- The page itself, to open without a network --------------------------------------------------
async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register(facts.worker);
  // The addresses in printed codes: without a network the worker leads from them to this page.
  for (const scope of ["/V/", "/v/"]) await navigator.serviceWorker.register(facts.worker, { scope });
  const parts = new Set(performance.getEntriesByType("resource").map((part) => part.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`)));
  const cache = await caches.open(CACHE);
  if (!(await cache.match(location.pathname))) await cache.add(location.pathname);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
  for (const { url } of await cache.keys()) {
    if (url.startsWith(`${location.origin}/static/`) && !parts.has(url)) await cache.delete(url);
  }
}

// Another language is another page: without a network there is only this one.
const languages = document.querySelector("header .tools");
function withNetwork() { if (languages) languages.hidden = !navigator.onLine; }

if (await reading.able()) {
  withNetwork();
  for (const change of ["online", "offline"]) addEventListener(change, withNetwork);
  form.addEventListener("submit", submitted);
  document.querySelector("[data-verify-renew]").addEventListener("click", renew);
  const camera = document.querySelector("[data-verify-camera]");
  camera.hidden = !detector || !navigator.mediaDevices;
  camera.addEventListener("click", openCamera);
  addEventListener("pagehide", closeCamera);
  await drawOwn();
  if (navigator.onLine) await renew();
  const brought = reading.labelIn(location.hash.slice(1));
  if (brought) { form.elements.text.value = brought; await check(brought); }
  form.dataset.ready = "";
  keepPage().catch(() => {}); // no room or not allowed: the page still works with a network
} else {
  document.querySelector("[data-verify-unable]").hidden = false;
  document.querySelector("[data-verify-device]").hidden = true;
}
