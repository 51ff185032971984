// Stamps told from what this phone keeps: digests of serials, lots and stars by producer. Nothing that
// is checked leaves the phone. Without this script the form asks the server.
const form = document.querySelector("form[data-field]");
const { serialIn, foreignHost, claims, isCopied, folded } = await import(form.dataset.reading);
const [result, status, kept, video, camera, producer, keep] =
  ["result", "status", "kept", "video", "camera", "producer", "keep"]
    .map((name) => document.querySelector(`[data-field-${name}]`));
const CACHE = "ocop-hien-truong"; // the worker's
const DIGEST = 8; // bytes of SHA-256
const LOOK = 200; // ms between two looks through the camera
const said = (name) => document.getElementById(name)?.content.textContent ?? "";

// --- What this phone keeps -----------------------------------------------------------------------
let packs = [];

async function load() {
  const cache = await caches.open(CACHE);
  const addresses = (await cache.keys()).filter(({ url }) => url.endsWith(".json"));
  packs = await Promise.all(addresses.map(async ({ url }) => {
    const told = await (await cache.match(url)).json();
    const bytes = Uint8Array.from(atob(told.digests), (sign) => sign.charCodeAt(0));
    return { ...told, url, digests: new DataView(bytes.buffer) };
  }));
  kept.replaceChildren(...packs.map((pack) => {
    const line = drawn("giu", {
      producer: pack.producer.name,
      count: (pack.digests.byteLength / DIGEST).toLocaleString(document.documentElement.lang),
      made: moment(pack.made),
      partial: pack.partial,
    });
    line.querySelector("[data-remove]").addEventListener("click", async () => {
      await cache.delete(pack.url);
      await load();
    });
    return line;
  }));
}

async function save() {
  keep.disabled = true;
  try {
    await (await caches.open(CACHE)).add(producer.value);
    status.textContent = said("da-luu");
    await load();
  } catch {
    status.textContent = said("loi-mang");
  }
  keep.disabled = false;
}

// --- Telling a stamp -----------------------------------------------------------------------------
function show(made) {
  result.replaceChildren(made);
  result.hidden = false;
  result.focus();
}

async function found(serial) {
  const whole = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(serial));
  const digest = new DataView(whole).getBigUint64(0);
  for (const pack of packs) {
    for (let at = 0; at < pack.digests.byteLength; at += DIGEST) {
      if (pack.digests.getBigUint64(at) !== digest) continue;
      let left = at / DIGEST;
      for (const row of pack.rows) {
        if (left < row.count) return { pack, row };
        left -= row.count;
      }
    }
  }
  return null;
}

const day = (iso) => iso.split("-").reverse().join("/");
const local = (when) => new Date(when.getTime() + 7 * 3600000).toISOString(); // Hà Nội

function moment(iso) {
  const told = local(new Date(iso));
  return `${day(told.slice(0, 10))} ${told.slice(11, 16)}`;
}

// A template of the page with its places filled; what has nothing to say is left out.
function drawn(name, told) {
  const made = document.getElementById(`mau-${name}`).content.cloneNode(true);
  for (const place of made.querySelectorAll("[data-if]")) if (!told[place.dataset.if]) place.remove();
  for (const place of made.querySelectorAll("[data-slot]")) place.textContent = told[place.dataset.slot];
  for (const link of made.querySelectorAll("[data-to]")) link.href = told[link.dataset.to];
  return made.childElementCount === 1 ? made.firstElementChild : made;
}

// A star ends on its day without a network, too.
function star(told, today) {
  if (!told.holds) return { star: said(`sao-${told.state}`), tone: told.state ? "bad" : "flat" };
  const ended = told.until && told.until < today;
  const words = `${told.stars}★ ${said(ended ? "sao-het" : "sao-con")}`;
  return { star: words, until: told.until && day(told.until), tone: ended ? "bad" : "ok" };
}

async function tell(text) {
  const serial = serialIn(text);
  if (!serial) return false;
  const host = foreignHost(text, form.dataset.hosts.split(" "));
  if (host) {
    show(drawn("la", { host }));
    return true;
  }
  const hit = await found(serial);
  const page = `/T/${serial}`;
  if (!hit) {
    if (navigator.onLine) return false; // the server knows more
    show(drawn("khong", { page, partial: packs.some((pack) => pack.partial) }));
  } else if (isCopied(claims(text), hit.row)) {
    show(drawn("chep", { product: hit.pack.products[hit.row.product].name, item: hit.row.item }));
  } else {
    const { pack, row } = hit;
    const today = local(new Date()).slice(0, 10);
    const held = pack.products[row.product];
    const standing = star(held, today);
    const made = drawn("tem", {
      ...standing,
      product: held.name,
      item: row.item,
      producer: pack.producer.name,
      lot: row.lot || "–",
      expires: row.expires ? day(row.expires) : "–",
      expired: row.expires && row.expires < today,
      made: moment(pack.made),
      page,
      check: `${form.dataset.check}?serial=${serial}`,
    });
    made.querySelector("[data-star]").classList.add(standing.tone);
    const notice = document.getElementById(`tem-${row.state}`);
    if (notice) made.querySelector("[data-slot-notice]").append(notice.content.cloneNode(true));
    show(made);
  }
  return true;
}

// --- The camera ----------------------------------------------------------------------------------
const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
const detector = formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
let stream = null;

function closeCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
}

async function look() {
  if (!stream) return;
  const text = (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
  if (!stream) return;
  if (!serialIn(text)) { setTimeout(look, LOOK); return; }
  closeCamera();
  form.elements.serial.value = text;
  if (!await tell(text)) form.submit();
}

async function openCamera() {
  if (stream) { closeCamera(); return; }
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    status.textContent = said("loi-may-anh");
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  await look();
}

// --- Choosing among many producers --------------------------------------------------------------
const seek = document.querySelector("[data-field-seek]");
const all = [...(producer?.options ?? [])];

seek?.addEventListener("input", () => {
  const words = folded(seek.value).split(/\s+/).filter(Boolean);
  const hits = all.filter(({ text }) => words.every((word) => folded(text).includes(word)));
  producer.replaceChildren(...hits);
  producer.size = words.length ? Math.min(Math.max(hits.length, 2), 6) : 1;
  if (hits.length) producer.selectedIndex = 0;
  keep.disabled = hits.length === 0;
});

// --- The page itself, to open without a network --------------------------------------------------
async function keepPage() {
  await navigator.serviceWorker?.register(form.dataset.worker);
  const cache = await caches.open(CACHE);
  const parts = performance.getEntriesByType("resource").map((part) => part.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  if (!(await cache.match(location.pathname))) await cache.add(location.pathname);
  for (const part of new Set(parts)) if (!(await cache.match(part))) await cache.add(part);
}

if (globalThis.caches && crypto.subtle) {
  form.addEventListener("submit", async (event) => {
    const { value } = form.elements.serial;
    if (!serialIn(value)) return; // the server says what is wrong with it
    event.preventDefault();
    if (!await tell(value)) form.submit();
  });
  keep?.addEventListener("click", save);
  camera.hidden = !detector || !navigator.mediaDevices;
  camera.addEventListener("click", openCamera);
  addEventListener("pagehide", closeCamera);
  await load();
  form.dataset.ready = "";
  keepPage().catch(() => {}); // no room or not allowed: the page still works with a network
}
