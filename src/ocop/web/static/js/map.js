// The map beside a list. The list alone does the job; this draws the same points.
const L = globalThis.L;
const NEAREST = 5; // points that the map shows together with who is near them

const draw = async (frame) => {
  const ground = frame.querySelector(".ground");
  const list = frame.querySelector(".list");
  const source = document.getElementById(frame.dataset.points);
  const points = source ? JSON.parse(source.textContent) : [];
  ground.classList.add("ready");

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(ground, { zoomAnimation: !still, fadeAnimation: !still, scrollWheelZoom: false, zoomSnap: 0.25 });
  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false }).addTo(map);
  if (frame.dataset.tiles) {
    L.tileLayer(frame.dataset.tiles, { attribution: frame.dataset.attribution, maxZoom: 19 }).addTo(map);
  }
  if (frame.dataset.outlines) {
    const answer = await fetch(frame.dataset.outlines);
    if (answer.ok) L.geoJSON(await answer.json(), { interactive: false, className: "outline" }).addTo(map);
  }

  // The area of a dot is as its count; the largest is not so large that it hides its neighbours.
  const most = Math.max(1, ...points.map((point) => point.count ?? 0));
  const radiusOf = (count) => (count ? Math.max(6, 22 * Math.sqrt(count / most)) : 8);

  if ("path" in frame.dataset) {
    const way = points.filter((point) => point.lat != null).map((point) => [point.lat, point.lon]);
    L.polyline(way, { interactive: false, className: "way" }).addTo(map);
  }
  const markers = points.map((point, place) => {
    if (point.lat == null) return null;
    const words = document.createElement("div");
    const name = document.createElement(point.address ? "a" : "b");
    if (point.address) name.href = point.address;
    name.textContent = point.name;
    words.append(name);
    if (point.note) words.append(document.createElement("br"), point.note);
    const marker = L.circleMarker([point.lat, point.lon], { radius: radiusOf(point.count), className: point.count ? "point counted" : "point" });
    marker.bindPopup(words).addTo(map);
    if ("path" in frame.dataset) {
      marker.setRadius(12);
      const number = { permanent: true, direction: "center", className: "number" };
      marker.bindTooltip(String(place + 1), number);
    } else {
      // A few points on plain ground carry their names; many show theirs under the pointer.
      const named = !frame.dataset.tiles && points.length <= 12;
      const told = point.count && point.note ? `${point.name}: ${point.note}` : point.name;
      marker.bindTooltip(named ? point.name : told, { permanent: named, offset: [8, 0] });
    }
    marker.on("click", () => choose(place, false));
    return marker;
  });
  // Near somebody: the map shows where that is, with the first points of the list, the nearest.
  const placed = markers.filter(Boolean);
  const you = frame.dataset.near?.split(" ").map(Number);
  if (you) {
    placed.splice(NEAREST);
    placed.push(L.circleMarker(you, { radius: 7, className: "point you" }).addTo(map)
      .bindTooltip(frame.dataset.you, { permanent: true, offset: [8, 0] }));
  }
  if (placed.length) map.fitBounds(L.featureGroup(placed).getBounds().pad(0.15), { maxZoom: "path" in frame.dataset ? 15 : 13 });
  else map.setView([16, 107], 5);
  // Small dots lie above large ones: each can be reached.
  points.map((point, place) => [point.count ?? 0, place]).sort(([one], [other]) => other - one)
    .forEach(([, place]) => markers[place]?.bringToFront());

  const choose = (place, pan) => {
    markers.forEach((marker, at) => marker?.getElement()?.classList.toggle("here", at === place));
    for (const row of list.querySelectorAll("[data-point]")) {
      row.classList.toggle("here", Number(row.dataset.point) === place);
    }
    list.querySelector(".here")?.scrollIntoView({ block: "nearest" });
    if (pan && markers[place]) {
      map.setView(markers[place].getLatLng(), Math.max(map.getZoom(), 11), { animate: !still });
      markers[place].openPopup();
    }
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) choose(Number(button.dataset.show), true);
  });
};

if (L) for (const frame of document.querySelectorAll("[data-map]")) draw(frame);
