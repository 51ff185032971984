// Saves a form bit by bit. What could not be sent stays in this browser, for this person and this
// dossier only, and is sent again: when the network is back, and after signing in again.
// Without this script the form is sent by its button as any other.
const WAIT = 900;
const AGAIN = 15000;

for (const form of document.querySelectorAll("form[data-keep]")) keep(form);

function keep(form) {
  const words = form.dataset;
  const store = `ocop-kept:${words.owner}:${words.keep}`;
  const begun = `${store}:revision`; // the revision at which what is kept here was begun
  const place = form.querySelector("[data-clash-place]");
  const status = form.querySelector(".saved");
  const controls = [...form.elements].filter((control) => control.dataset.part);
  const saved = read(controls);
  let timer = 0, running = null, stuck = false;
  let theirs = null; // what others saved of the fields that both wrote, while the choice is open

  // What another visit could not send is put back, and sent first.
  const left = load(store);
  if (Object.keys(left).length) {
    fill(controls, left);
    // The page is newer than what was typed: it must not go over what others saved in between.
    form.elements.revision.value = localStorage.getItem(begun) ?? form.elements.revision.value;
    tell(words.restored);
    running = send();
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("online", () => flush());
  addEventListener("visibilitychange", () => { if (document.hidden) flush(); });

  // A page is left only when everything on it is kept.
  let passing = false;
  form.addEventListener("submit", async (event) => {
    if (passing) return;
    event.preventDefault();
    if (theirs && event.submitter?.name === "clash") { choose(event.submitter.value); return; }
    note();
    const answer = await flush();
    if (answer === "ok" || answer === "refused") {
      await new Promise((go) => { setTimeout(go); }); // a form sends nothing while it is asked to
      passing = true;
      form.requestSubmit(event.submitter);
      passing = false;
    }
  });

  function later() {
    stuck = false;
    note();
    clearTimeout(timer);
    timer = setTimeout(flush, WAIT);
  }

  // Keep here what differs from what the server has.
  function note() {
    const kept = load(store);
    if (!Object.keys(kept).length) mark(form.elements.revision.value);
    const now = read(controls);
    for (const [name, value] of Object.entries(now)) {
      if (value === saved[name]) delete kept[name];
      else kept[name] = value;
    }
    put(store, kept);
    if (!Object.keys(kept).length) mark(null);
  }

  function mark(revision) {
    try {
      if (revision === null) localStorage.removeItem(begun);
      else localStorage.setItem(begun, revision);
    } catch { /* not allowed: the form still works by its button */ }
  }

  async function flush() {
    clearTimeout(timer);
    if (running) await running;
    if (stuck) return "refused";
    running = send();
    const answer = await running;
    running = null;
    return answer;
  }

  async function send() {
    const kept = load(store);
    if (!Object.keys(kept).length) return "ok";
    const body = { revision: Number(form.elements.revision.value) };
    for (const [name, value] of Object.entries(kept)) {
      const [part, key] = split(name);
      (body[part] ??= {})[key] = value;
    }
    tell(words.keeping);
    let response;
    try {
      response = await fetch(words.keep, {
        method: "POST", keepalive: true, body: JSON.stringify(body), redirect: "manual",
        headers: {
          "Content-Type": "application/json", "Accept": "application/json",
          "X-CSRFToken": token(),
        },
      });
    } catch {
      tell(words.offline);
      timer = setTimeout(flush, AGAIN);
      return "offline";
    }
    if (response.ok) return done(kept, await response.json());
    const told = await response.json().catch(() => ({}));
    if (response.status === 409) return refused(told);
    if (response.status >= 500) {
      tell(words.offline);
      timer = setTimeout(flush, AGAIN);
      return "offline";
    }
    // 401, 403, or led away to sign in: the session ended, or its cookies were removed.
    tell(told.message || words.ended);
    add("a", words.signInWords, (link) => { link.href = words.signIn; });
    return "signed out";
  }

  // Signing in again in another window changes the token; the page still has the old one.
  function token() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]
      || form.elements.csrfmiddlewaretoken.value;
  }

  function done(kept, told) {
    Object.assign(saved, kept);
    const rest = load(store);
    for (const [name, value] of Object.entries(kept)) {
      if (rest[name] === value) delete rest[name];
    }
    put(store, rest);
    // What others saved is shown here. Where it is being written over just now, the revision stays
    // the old one: then the next saving shows both.
    const now = read(controls);
    const free = Object.fromEntries(Object.entries(told.others)
      .filter(([name]) => now[name] === saved[name]));
    take(free);
    if (Object.keys(told.others).every((name) => name in free)) {
      form.elements.revision.value = told.revision;
    }
    mark(Object.keys(rest).length ? form.elements.revision.value : null);
    const panel = document.getElementById("tu-cham");
    if (panel) {
      const open = [...panel.querySelectorAll("details")].map((part) => part.open);
      panel.innerHTML = told.panel;
      panel.querySelectorAll("details").forEach((part, at) => { part.open = open[at] ?? part.open; });
    }
    const brief = document.getElementById("tom-tat");
    if (brief) brief.innerHTML = told.brief;
    tell(`${words.kept} ${new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" })}`);
    return "ok";
  }

  // Values that others saved, into the page.
  function take(values) {
    fill(controls, values);
    const now = read(controls);
    for (const name of Object.keys(values)) if (name in now) saved[name] = now[name];
  }

  // Of what both wrote: mine is sent again, upon what was shown; theirs goes into the page.
  function choose(pressed) {
    const kept = load(store);
    for (const row of place.querySelectorAll("[name=clashing]")) {
      const name = row.value;
      const choice = form.elements[`choice-${name}`]?.value;
      if (pressed === "theirs" || (pressed === "chosen" && choice === "theirs")) {
        delete kept[name];
        take({ [name]: theirs[name] });
      }
    }
    put(store, kept);
    form.elements.revision.value = place.querySelector("[name=seen]").value;
    mark(Object.keys(kept).length ? form.elements.revision.value : null);
    theirs = null;
    place.replaceChildren();
    stuck = false;
    tell(words.keeping);
    flush().then((answer) => {
      if (answer === "ok" && status.textContent === words.keeping) tell(words.dropped);
    });
  }

  function refused(told) {
    stuck = true;
    tell(told.message);
    if (told.clash) {
      theirs = told.theirs;
      place.innerHTML = told.clash;
      place.firstElementChild.focus();
      return "clash";
    }
    if (told.code === "dossier_filed" || told.code === "revision") {
      add("button", words.theirs, (button) => {
        button.type = "button";
        button.addEventListener("click", () => { put(store, {}); mark(null); location.reload(); });
      });
    }
    return told.code === "answers_wrong" ? "refused" : "clash";
  }

  function tell(text) {
    status.hidden = false;
    status.textContent = text;
  }

  function add(tag, text, make) {
    const element = document.createElement(tag);
    element.className = "btn small";
    element.textContent = text;
    make(element);
    status.append(" ", element);
  }
}

// The controls as values: {"answers.phone": "0912…", "marks.1.1": 3}.
function read(controls) {
  const values = {};
  for (const control of controls) {
    const name = `${control.dataset.part}.${control.dataset.key}`;
    if (control.type === "radio") {
      values[name] ??= null;
      if (control.checked) values[name] = of(control);
    } else {
      values[name] = control.type === "checkbox" ? control.checked : control.value;
    }
  }
  return values;
}

function of(radio) {
  return radio.dataset.kind === "level" ? parseInt(radio.value, 10) : radio.value === "yes";
}

function fill(controls, values) {
  for (const control of controls) {
    const value = values[`${control.dataset.part}.${control.dataset.key}`];
    if (value === undefined) continue;
    if (control.type === "radio") control.checked = value !== null && of(control) === value;
    else if (control.type === "checkbox") control.checked = value === true;
    else control.value = value ?? "";
  }
}

function split(name) {
  const at = name.indexOf(".");
  return [name.slice(0, at), name.slice(at + 1)];
}

function load(store) {
  try { return JSON.parse(localStorage.getItem(store)) ?? {}; } catch { return {}; }
}

function put(store, values) {
  try {
    if (Object.keys(values).length) localStorage.setItem(store, JSON.stringify(values));
    else localStorage.removeItem(store);
  } catch { /* no room or not allowed: the form still works by its button */ }
}
