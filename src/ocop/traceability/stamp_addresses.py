"""What a stamp holds: an address in capitals, the shortest a QR code can be for.

`HTTPS://<HOST>/01/<GTIN14>/21/<SERIAL20>` of a sales unit with a GTIN (GS1 Digital Link),
`HTTPS://<HOST>/S/<SERIAL20>` of one without. The host stands on every pack for years: whoever
moves it keeps the old one answering.
"""

from urllib.parse import urlsplit

from ocop.traceability import qr


def prefix(base: str, gtin: str) -> str:
    """The address up to the serial; `base` is an address of this installation. ValueError: its host
    has signs that no address in capitals may have, or it has a path."""
    parts = urlsplit(base)
    host = parts.netloc.upper()
    if not host or parts.path.strip("/") or parts.query or "@" in host:
        raise ValueError(f"{base} is no address of a host alone")
    if not set(host) <= set(qr.SIGNS):
        raise ValueError(f"a QR code in capitals cannot hold {host}")
    return f"HTTPS://{host}/01/{gtin}/21/" if gtin else f"HTTPS://{host}/S/"


def host_in(text: str) -> str:
    """The host that stands before a serial, in what a phone read or a person typed; "" where there
    is none."""
    address = text.strip()
    if "://" not in address:
        first, slash, _rest = address.partition("/")
        if not slash or "." not in first:
            return ""
        address = f"//{address}"
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:  # brackets that close nothing
        return address.lower()
