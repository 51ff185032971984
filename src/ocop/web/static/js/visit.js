// A visit is kept in the device first and sent when there is a network. Without this script the
// form is sent as any other.
const form = document.querySelector("form[data-visit]");
const words = form.dataset;
const status = document.querySelector("[data-visit-status]");
const waiting = document.querySelector("[data-visit-waiting]");
const list = document.querySelector("[data-visit-list]");
const LARGEST = 1600; // pixels of the longer side: enough to see, little to send

const database = new Promise((resolve, reject) => {
  const request = indexedDB.open("ocop-visits", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("visits", { keyPath: "id" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function store(mode, act) {
  const transaction = (await database).transaction("visits", mode);
  const request = act(transaction.objectStore("visits"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const own = async () => (await store("readonly", (s) => s.getAll())).filter((v) => v.user === words.user);
const drop = (id) => store("readwrite", (s) => s.delete(id));

async function smaller(file) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LARGEST / Math.max(image.width, image.height));
    if (scale === 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
    return blob || file;
  } catch {
    return file; // the server looks at it again and says what is wrong
  }
}

async function draw() {
  const visits = await own();
  waiting.hidden = visits.length === 0;
  list.replaceChildren(...visits.map((visit) => {
    const line = document.createElement("li");
    const text = document.createElement("span");
    const photos = visit.photos.length ? ` · ${visit.photos.length} ${words.photos}` : "";
    text.textContent = `${visit.title} · ${visit.visited_at.replace("T", " ")}${photos}`;
    line.append(text);
    if (visit.refused) {
      const why = document.createElement("b");
      why.textContent = visit.refused;
      const away = document.createElement("button");
      away.type = "button";
      away.className = "btn small danger";
      away.textContent = words.discard;
      away.addEventListener("click", async () => { await drop(visit.id); draw(); });
      line.append(why, away);
    }
    return line;
  }));
}

let sending = false;
async function send() {
  if (sending) return;
  sending = true;
  try {
    for (const visit of await own()) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("client_id", visit.id);
      for (const name of ["visited_at", "note", "lat", "lon", "accuracy"]) body.append(name, visit[name]);
      for (const photo of visit.photos) body.append("photos", photo.blob, photo.name);
      let answer;
      try {
        answer = await fetch(visit.address, { method: "POST", body, redirect: "manual" });
      } catch {
        status.textContent = words.offline;
        break;
      }
      if (answer.ok) {
        await drop(visit.id);
        status.textContent = words.sent;
      } else if (answer.status === 409) {
        visit.refused = (await answer.json()).message;
        await store("readwrite", (s) => s.put(visit));
      } else {
        status.textContent = words.signin; // the session ended, or the server is away
        break;
      }
    }
  } finally {
    sending = false;
  }
  await draw();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = form.elements;
  if (!field.note.value.trim()) {
    status.textContent = words.empty;
    field.note.focus();
    return;
  }
  const files = [...field.photos.files];
  if (files.length > Number(words.most)) {
    status.textContent = words.many;
    return;
  }
  const photos = [];
  for (const file of files) photos.push({ name: file.name, blob: await smaller(file) });
  try {
    await store("readwrite", (s) => s.put({
      id: field.client_id.value,
      user: words.user,
      address: words.visit,
      title: words.title,
      visited_at: field.visited_at.value,
      note: field.note.value,
      lat: field.lat.value,
      lon: field.lon.value,
      accuracy: field.accuracy.value,
      photos,
      refused: "",
    }));
  } catch {
    form.submit(); // this device keeps nothing: send it the plain way
    return;
  }
  status.textContent = words.kept;
  field.client_id.value = crypto.randomUUID();
  field.note.value = "";
  field.photos.value = "";
  await draw();
  await send();
});

document.querySelector("[data-visit-send]").addEventListener("click", send);
const place = document.querySelector("[data-visit-position]");
document.querySelector("[data-visit-locate]").addEventListener("click", () => {
  if (!navigator.geolocation) {
    place.textContent = words.nowhere;
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.lat.value = coords.latitude;
      form.elements.lon.value = coords.longitude;
      form.elements.accuracy.value = coords.accuracy;
      place.textContent = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)} (± ${Math.round(coords.accuracy)} m)`;
    },
    () => { place.textContent = words.nowhere; },
    { enableHighAccuracy: true, timeout: 20000 },
  );
});

addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker).catch(() => {});
draw().then(send, () => {});
