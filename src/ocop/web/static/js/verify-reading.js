// What the checking page understands: labels, keys and how they follow each other, the list of what
// changed, star credentials. Knows no page, no network and no store. The formats are those of
// recognition/labels.py, recognition/ended_list.py and core/keys.py.
const FIRST_DAY = Date.UTC(2019, 0, 1);
const DAY = 86400000;
const UNKNOWN = 0xFFFFFF;
const MOST = 4 << 20; // bytes that a status list may unpack to
const utf8 = new TextEncoder();

export class Refused extends Error {} // message: a short word that the page has a sentence for

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const plain = (url) => url.replaceAll("-", "+").replaceAll("_", "/");
const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

// A day as people of the programme count it: YYYY-MM-DD in Vietnam.
export const dayOf = (when) => new Date(when.getTime() + 7 * 3600000).toISOString().slice(0, 10);
const dayAfter = (days) => new Date(FIRST_DAY + days * DAY).toISOString().slice(0, 10);

// --- Signatures ----------------------------------------------------------------------------------
const keyOf = (raw) => crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);

// Whether this browser checks Ed25519 at all; older ones and pages without https do not.
export async function able() {
  try {
    await keyOf(bytes("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")); // RFC 8032, test 1
    return true;
  } catch {
    return false;
  }
}

async function signed(key, signature, message) {
  try {
    return await crypto.subtle.verify("Ed25519", await keyOf(bytes(key)), signature, message);
  } catch {
    return false; // no key, or no signature
  }
}

async function signedByOne(keys, signature, message) {
  for (const key of keys) if (await signed(key, signature, message)) return key;
  return "";
}

// The first signs of a key's digest, to be read out on the telephone.
export async function fingerprint(key) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(key)));
  const hex = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{4})(?!$)/g, "$1 ");
}

// --- Keys ----------------------------------------------------------------------------------------
// The keys to trust after the server showed its own. Those that are pinned must come first and
// unchanged; each new one must be signed by the one before. `refused`: the first that is not.
export async function follow(pinned, shown, purpose) {
  const same = (key, place) => key.public === shown[place]?.public;
  if (shown.length < pinned.length && shown.every((key, at) => key.public === pinned[at].public)) {
    return { keys: pinned, refused: "" }; // an older copy of the same
  }
  const apart = pinned.findIndex((key, place) => !same(key, place));
  if (apart >= 0) return { keys: pinned, refused: (shown[apart] ?? shown.at(-1))?.public ?? "" };
  const keys = shown.slice(0, Math.max(pinned.length, shown.length && 1));
  for (const key of shown.slice(keys.length)) {
    const message = utf8.encode(`ocop key ${purpose}\n${key.public}\n`);
    if (!(await signed(keys.at(-1).public, bytes(key.vouched), message))) {
      return { keys, refused: key.public };
    }
    keys.push(key);
  }
  return { keys, refused: "" };
}

// --- Labels --------------------------------------------------------------------------------------
export const labelIn = (text) => /(?:^|\/v\/)([a-z2-7]{128})\/?$/i.exec(text.trim())?.[1].toUpperCase();

function base32(text) {
  const out = [];
  let held = 0;
  let bits = 0;
  for (const sign of text) {
    held = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign)) & 0xFFFF;
    bits += 5;
    if (bits >= 8) out.push((held >> (bits -= 8)) & 255);
  }
  return new Uint8Array(out);
}

// What a label says, once one of the keys signed it. Refused: "unsigned", "version".
export async function readLabel(text, keys) {
  const whole = base32(text);
  const payload = whole.slice(0, 16);
  const key = await signedByOne(keys, whole.slice(16), joined(utf8.encode("ocop label "), payload));
  if (!key) throw new Refused("unsigned");
  if (payload[0] !== 1) throw new Refused("version");
  const days = (payload[13] << 16) | (payload[14] << 8) | payload[15];
  return {
    product: String.fromCharCode(...payload.slice(1, 9)),
    recognition: new DataView(payload.buffer).getUint32(9),
    lastDay: days === UNKNOWN ? "" : dayAfter(days),
    key,
  };
}

// --- What changed since --------------------------------------------------------------------------
// The list in an envelope that one of the keys signed. Refused: "unsigned", "version".
export async function readChanges(envelope, keys) {
  const message = utf8.encode(`ocop ended\n${envelope.list}`);
  if (!(await signedByOne(keys, bytes(envelope.signature), message))) throw new Refused("unsigned");
  const list = JSON.parse(envelope.list);
  if (list.version !== 1) throw new Refused("version");
  return list;
}

// The day that a list tells of one recognition and one kind of change, or nothing.
export function dayIn(list, change, recognition) {
  const { numbers, days } = list[change];
  let number = 0;
  for (let place = 0; place < numbers.length; place += 1) {
    number += numbers[place];
    if (number === recognition) return dayAfter(days[place]);
    if (number > recognition) break;
  }
  return "";
}

const CHANGES = ["annulled", "revoked", "replaced", "extended"];
export const isNamed = (label, list) => CHANGES.some((each) => dayIn(list, each, label.recognition));

// What a label comes to on a day: a word, and the day that belongs to it.
export function standing(label, list, today) {
  const on = (change) => (list ? dayIn(list, change, label.recognition) : "");
  for (const change of CHANGES.slice(0, 3)) { // the heaviest first
    const day = on(change);
    if (day && day <= today) return { word: change, day };
  }
  const extended = on("extended");
  if (!label.lastDay) return { word: "undated", day: "" };
  if (extended && label.lastDay < today && today <= extended) return { word: "extended", day: extended };
  const last = extended > label.lastDay ? extended : label.lastDay;
  if (last < today) return { word: "expired", day: last };
  return { word: list ? "valid" : "unlisted", day: label.lastDay };
}

// --- Star credentials ----------------------------------------------------------------------------
// Without a signature (`alg` none) it is one, too: it is refused for that.
export const credentialIn = (text) => /^[\w-]+\.[\w-]+\.[\w-]*$/.exec(text.trim())?.[0];

const part = (text) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes(plain(text))));
const idOf = (thing) => (typeof thing === "string" ? thing : thing?.id ?? "");
const listed = (thing) => [thing ?? []].flat();

// The credential of a vc+jwt that one of the methods of the pinned keys signed. `methods`:
// verificationMethod of did.json. Refused: "malformed", "algorithm", "stranger", "unsigned".
export async function readCredential(text, methods, keys) {
  const [head, body, signature] = text.split(".");
  let header;
  let credential;
  try {
    [header, credential] = [part(head), part(body)];
  } catch {
    throw new Refused("malformed");
  }
  if (!["Ed25519", "EdDSA"].includes(header.alg)) throw new Refused("algorithm");
  const odd = "crit" in header || "b64" in header || "vc" in credential || "vp" in credential;
  if (odd || !/^(application\/)?vc\+jwt$/i.test(header.typ ?? "vc+jwt")) throw new Refused("malformed");
  const jwk = methods.find((method) => method.id === header.kid)?.publicKeyJwk;
  const key = keys.find((each) => plain(jwk?.x ?? "-") === each.replaceAll("=", ""));
  if (!key || jwk.kty !== "OKP" || jwk.crv !== "Ed25519") throw new Refused("stranger");
  if (idOf(credential.issuer) !== header.kid.split("#")[0]) throw new Refused("stranger");
  const message = utf8.encode(`${head}.${body}`);
  if (!(await signed(key, bytes(plain(signature)), message))) throw new Refused("unsigned");
  return credential;
}

async function unpacked(encoded) {
  const packed = new Blob([bytes(plain(encoded.slice(1)))]).stream();
  const reader = packed.pipeThrough(new DecompressionStream("gzip")).getReader();
  const parts = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > MOST) throw new Refused("malformed");
    parts.push(value);
  }
}

// Whether a status list sets the bit of an entry. Refused: another list, or an index past its end.
export async function isSet(entry, list) {
  const { type, statusPurpose, encodedList } = list.credentialSubject;
  const place = Number(entry.statusListIndex);
  const ours = listed(list.type).includes("BitstringStatusListCredential")
    && listed(type).includes("BitstringStatusList")
    && listed(statusPurpose).includes(entry.statusPurpose)
    && list.id === idOf(entry.statusListCredential);
  if (!ours || !/^u[\w-]+$/.test(encodedList) || !Number.isSafeInteger(place)) throw new Refused("malformed");
  const bits = await unpacked(encodedList);
  if (place < 0 || place >= bits.length * 8) throw new Refused("malformed");
  return Boolean((bits[place >> 3] >> (7 - (place % 8))) & 1); // index 0 is the leftmost bit
}

// What a status list that is held says of one entry: true, false, or null where it says nothing, as
// a list past its own days.
export async function heard(entry, list, now) {
  if (!list || entry.type !== "BitstringStatusListEntry") return null;
  const set = await isSet(entry, list).catch(() => null);
  return set === false && timed(list, now) === "expired" ? null : set;
}

// The entries of a credential that say where its end before its days is told.
export const statuses = (credential) => listed(credential.credentialStatus)
  .filter((entry) => entry.type !== "BitstringStatusListEntry"
    || ["revocation", "suspension"].includes(entry.statusPurpose));

export const listOf = (entry) => String(idOf(entry.statusListCredential));

// When a list was made; 0 where it does not say.
export const madeAt = (list) => Date.parse(list.validFrom) || list.iat * 1000 || 0;

// The first and last moment of a credential against now: "valid", "early" or "expired".
export function timed(credential, now) {
  const { validFrom, validUntil, nbf, exp } = credential;
  if ((validFrom && new Date(validFrom) > now) || nbf * 1000 > now) return "early";
  return (validUntil && new Date(validUntil) < now) || exp * 1000 < now ? "expired" : "valid";
}

// What a credential certifies, in the names it gives itself.
export function told(credential) {
  const [subject = {}] = listed(credential.credentialSubject);
  const products = listed(subject.conformityAssessment ?? subject.assessment)
    .flatMap((each) => listed(each.assessedProduct))
    .map((each) => (each.product ?? each).name);
  const [party = {}] = listed(subject.issuedToParty);
  const stars = /^OCOP-([345])$/.exec(subject.profileScore?.code ?? "")?.[1] ?? "";
  return {
    title: credential.name ?? subject.name ?? "",
    number: credential.name ? subject.name ?? "" : "",
    stars,
    products: [...new Set(products.filter(Boolean))].join(", "),
    // A household is told by its code: its page says the name.
    producer: party.name ?? party.registeredId ?? "",
    issuer: credential.issuer.name ?? idOf(credential.issuer),
  };
}
