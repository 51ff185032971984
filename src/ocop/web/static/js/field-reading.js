// What a person typed or a camera read, without the page: the serial in it, where its address leads,
// and what it says of the goods. The server reads the same (`goods_names`, `stamp_addresses`).
const LENGTH = 20;
const GTIN = /^[0-9]{14}$/;

// The parts of an address behind its host; of a bare serial, the serial alone.
function partsOf(text) {
  const path = text.trim().split(/[?#]/)[0].replace(/\/+$/, "");
  const parts = path.replace(/^[a-z]+:\/\//i, "").split("/");
  return parts.length > 1 ? parts.slice(1) : parts;
}

function decoded(part) {
  try { return decodeURIComponent(part); } catch { return part; }
}

// Keys and values behind a sales unit, in whichever order: GTIN, or a code of ours below /P/.
function named(parts) {
  const at = parts.findIndex((part, n) => part === "01" && GTIN.test(parts[n + 1] ?? ""));
  const short = parts[0]?.toUpperCase() === "T" ? parts.slice(1) : parts;
  const found = {};
  let pairs = [];
  if (at >= 0) {
    found.gtin = parts[at + 1];
    pairs = parts.slice(at + 2);
  } else if (short[0]?.toUpperCase() === "P" && short[1]) {
    found.unit = short[1].toLowerCase();
    pairs = short.slice(2);
  }
  for (let n = 0; n + 1 < pairs.length; n += 2) found[pairs[n]] ??= decoded(pairs[n + 1]);
  return found;
}

// The serial as it is printed: O, I and L mean 0, 1 and 1 (Crockford); "" where there is none.
export function serialIn(text) {
  const parts = partsOf(text);
  const end = named(parts)["21"] ?? parts.at(-1);
  const read = end.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return read.length === LENGTH ? read : "";
}

// The host of an address that leads elsewhere: a true serial behind it is the usual forgery.
export function foreignHost(text, ours) {
  const address = text.trim();
  const first = address.split("/")[0];
  if (!address.includes("://") && !(address.includes("/") && first.includes("."))) return "";
  let host = address.toLowerCase();
  try {
    host = new URL(address.includes("://") ? address : `https://${address}`).hostname.toLowerCase();
  } catch { /* no address at all: none of ours */ }
  return ours.includes(host) ? "" : host;
}

// What an address says of the goods before and behind the serial; none of it in a bare serial.
export function claims(text) {
  const found = named(partsOf(text));
  return {
    gtin: found.gtin ?? "", unit: found.unit ?? "", lot: found["10"] ?? "", variant: found["22"] ?? "",
  };
}

// A true serial behind the number of other goods is a copy of a stamp.
export function isCopied(said, row) {
  return Boolean((said.gtin && said.gtin !== row.gtin) || (said.unit && said.unit !== row.unit)
    || (said.lot && said.lot !== row.lot) || said.variant);
}

// Words without their signs and capitals, to look for names.
export const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
