// Opens the page of a visit without a network, as it was seen last. Nothing else is kept.
const KEPT = "ocop-visits-1";
const isVisit = (url) => url.pathname.endsWith("/tham-tra/");
const isStatic = (url) => url.pathname.startsWith("/static/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (!(isStatic(url) || (request.mode === "navigate" && isVisit(url)))) return;
  event.respondWith((async () => {
    const cache = await caches.open(KEPT);
    try {
      const answer = await fetch(request);
      if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      const kept = await cache.match(request, { ignoreSearch: !isStatic(url), ignoreVary: true });
      if (kept) return kept;
      throw error;
    }
  })());
});
