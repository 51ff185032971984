// Opens a page when there is no network: as last seen, with its parts. Nothing else is kept.
const CACHE = "{{ kept }}";
const PAGES = /{{ pages|safe }}/;
const PATIENCE = 5000; // ms to wait for a network that is there and does not answer

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request, path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path, { ignoreVary: true });
  const asked = fetch(request).then(async (answer) => {
    // What the server no longer shows this person is not kept either.
    if (answer.ok && answer.type === "basic" && !answer.redirected) await cache.put(path, answer.clone());
    else if (answer.status === 403 || answer.status === 404) await cache.delete(path);
    return answer;
  });
  if (!kept) return asked;
  const late = new Promise((resolve) => { setTimeout(() => resolve(kept), PATIENCE); });
  return Promise.race([asked.catch(() => kept), late]);
}

{% if led %}
const LED = /{{ led|safe }}/i;
const TO = "{{ to }}";

// An address that is not kept: without a network the kept page answers for it.
async function leading(request, path) {
  const asked = fetch(request);
  if (!(await (await caches.open(CACHE)).match(TO, { ignoreVary: true }))) return asked;
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const answer = await Promise.race([asked.catch(() => null), late]);
  return answer ?? Response.redirect(`${TO}#${path}`);
}
{% endif %}
async function part(request) {
  try {
    return await fetch(request); // named by their content: the browser's own store answers first
  } catch {
    return (await (await caches.open(CACHE)).match(request.url, { ignoreVary: true })) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGES.test(address.pathname)) {
    event.respondWith(page(request, address.pathname));
{% if led %}  } else if (request.mode === "navigate" && LED.test(address.pathname)) {
    event.respondWith(leading(request, address.pathname));
{% endif %}  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(part(request));
  }
});
