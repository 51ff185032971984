// The plan of booths as a drawing that writes the lines of the text below it: drag, arrow keys, add,
// turn, copy, remove. Without this script the lines are typed or pasted.
const host = document.querySelector("[data-booths]");
const words = host.dataset;
const text = document.getElementById(words.booths);
const [width, depth] = [words.width, words.depth].map((id) => document.getElementById(id));
const SVG = "http://www.w3.org/2000/svg";
const STEP = 5, MARGIN = 4, USUAL = 30; // decimetres
const point = document.documentElement.lang === "en" ? "." : ",";
let booths = [], chosen = null, drawn = null;

const metres = (length) => String(length / 10).replace(".", point);
const decimetres = (told) => Math.round(Number(String(told).trim().replace(",", ".")) * 10);
const side = (field) => decimetres(field.value) || 200;
const within = (value, most) => Math.max(0, Math.min(value, most));

// --- Lines and booths ----------------------------------------------------------------------------
function read() {
  const lines = text.value.split("\n").filter((line) => line.trim());
  booths = lines.map((line) => {
    const [label, x, y, w, d, ...rest] = line.replaceAll("\t", ";").split(";").map((part) => part.trim());
    return { label: label.toUpperCase(), x: decimetres(x), y: decimetres(y), w: decimetres(w), d: decimetres(d), rest };
  }).filter((booth) => [booth.x, booth.y, booth.w, booth.d].every(Number.isFinite));
  if (!booths.some((booth) => booth.label === chosen)) chosen = null;
}

function write() {
  text.value = booths.map(({ label, x, y, w, d, rest }) =>
    [label, ...[x, y, w, d].map(metres), ...rest].join("; ").replace(/[;\s]+$/, "")).join("\n");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

const current = () => booths.find((booth) => booth.label === chosen);
const meets = (one, other) => one !== other && one.x < other.x + other.w && other.x < one.x + one.w
  && one.y < other.y + other.d && other.y < one.y + one.d;
const wrong = (booth) => booth.x < 0 || booth.y < 0 || booth.x + booth.w > side(width)
  || booth.y + booth.d > side(depth) || booths.some((other) => meets(booth, other));

// --- The drawing ---------------------------------------------------------------------------------
function element(name, attributes, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function draw() {
  const [w, d] = [side(width), side(depth)];
  drawn.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${w + 2 * MARGIN} ${d + 2 * MARGIN}`);
  drawn.replaceChildren(
    element("rect", { x: 0, y: 0, width: w, height: d, class: "hall" }),
    ...booths.map((booth) => {
      const tone = [booth.rest[2] ? "kept" : "", wrong(booth) ? "wrong" : "", booth.label === chosen ? "chosen" : ""];
      const box = element("rect", { x: booth.x, y: booth.y, width: booth.w, height: booth.d, class: `booth movable ${tone.join(" ")}` });
      const name = element("tspan", { class: "label" }, booth.label);
      const sector = element("tspan", { class: "sector" }, booth.rest[0] ? ` ${booth.rest[0]}` : "");
      const label = element("text", { x: booth.x + booth.w / 2, y: booth.y + booth.d / 2 + 2, "text-anchor": "middle", "pointer-events": "none" }, name, sector);
      box.addEventListener("pointerdown", (event) => drag(event, booth));
      return element("g", {}, box, label);
    }),
  );
  status.textContent = chosen ? `${words.chosen} ${chosen}` : words.none;
  for (const button of buttons) button.disabled = !chosen;
}

function here(event) {
  const place = drawn.createSVGPoint();
  place.x = event.clientX;
  place.y = event.clientY;
  return place.matrixTransform(drawn.getScreenCTM().inverse());
}

function drag(event, booth) {
  event.preventDefault();
  chosen = booth.label;
  drawn.focus({ preventScroll: true });
  const begun = here(event), from = { x: booth.x, y: booth.y };
  const follow = (move) => {
    const now = here(move);
    put(booth, from.x + now.x - begun.x, from.y + now.y - begun.y);
    draw();
  };
  const end = () => {
    drawn.removeEventListener("pointermove", follow);
    write();
    draw();
  };
  drawn.setPointerCapture(event.pointerId);
  drawn.addEventListener("pointermove", follow);
  drawn.addEventListener("pointerup", end, { once: true });
  drawn.addEventListener("pointercancel", end, { once: true });
  draw();
}

function put(booth, x, y) {
  booth.x = within(Math.round(x / STEP) * STEP, side(width) - booth.w);
  booth.y = within(Math.round(y / STEP) * STEP, side(depth) - booth.d);
}

// --- What is done to booths ----------------------------------------------------------------------
function fresh() {
  const taken = new Set(booths.map((booth) => booth.label));
  for (let number = 1; ; number += 1) {
    const label = `Z${String(number).padStart(2, "0")}`;
    if (!taken.has(label)) return label;
  }
}

function add(model) {
  const made = { label: fresh(), x: 0, y: 0, w: model?.w ?? USUAL, d: model?.d ?? USUAL, rest: [...(model?.rest ?? [])] };
  const [w, d] = [side(width), side(depth)];
  search: for (let y = 0; y + made.d <= d; y += STEP) {
    for (let x = 0; x + made.w <= w; x += STEP) {
      Object.assign(made, { x, y });
      if (!booths.some((other) => meets(made, other))) break search;
    }
  }
  booths.push(made);
  chosen = made.label;
}

function turn() {
  const booth = current();
  [booth.w, booth.d] = [booth.d, booth.w];
  put(booth, booth.x, booth.y);
}

function remove() {
  booths = booths.filter((booth) => booth.label !== chosen);
  chosen = null;
}

const acted = (act) => { act(); write(); draw(); };
const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

function key(event) {
  if (event.key === "n" || event.key === "p") { // from booth to booth
    const place = booths.findIndex((booth) => booth.label === chosen) + (event.key === "n" ? 1 : -1);
    chosen = booths.at(place % booths.length)?.label ?? null;
    draw();
  } else if (chosen && KEYS[event.key]) {
    const booth = current(), [x, y] = KEYS[event.key];
    acted(() => put(booth, booth.x + x, booth.y + y));
  } else if (chosen && event.key === "Delete") acted(remove);
  else return;
  event.preventDefault();
}

// --- The page ------------------------------------------------------------------------------------
function button(label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "btn small", textContent: label });
  made.addEventListener("click", () => acted(act));
  return made;
}

const status = document.createElement("p");
status.className = "quiet small";
status.setAttribute("role", "status");
const buttons = [button(words.double, () => add(current())), button(words.turn, turn), button(words.remove, remove)];
const row = document.createElement("p");
row.className = "row";
row.append(button(words.add, () => add(null)), ...buttons, status);
drawn = element("svg", { tabindex: 0, role: "application", "aria-label": words.title });
const roll = document.createElement("div");
roll.className = "roll";
roll.append(drawn);
const help = document.createElement("p");
help.className = "quiet small";
help.textContent = words.title;
host.className = "plan stack tight";
host.append(help, row, roll);
host.hidden = false;
drawn.addEventListener("keydown", key);
for (const field of [text, width, depth]) field.addEventListener("change", () => { read(); draw(); });
read();
draw();
