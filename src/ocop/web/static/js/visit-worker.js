// Opens the page of a visit without a network, as it was seen last. Nothing else is kept.
const KEPT = "ocop-visits-1";
const PATIENCE = 5000; // ms to wait for a network that is there and does not answer
const isVisit = (url) => url.pathname.endsWith("/tham-tra/");
const isStatic = (url) => url.pathname.startsWith("/static/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request, path) {
  const cache = await caches.open(KEPT);
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

async function part(request) {
  try {
    return await fetch(request); // named by their content: the browser's own store answers first
  } catch {
    return (await (await caches.open(KEPT)).match(request.url, { ignoreVary: true })) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isVisit(url)) event.respondWith(page(request, url.pathname));
  else if (isStatic(url)) event.respondWith(part(request));
});
