"""Which addresses of machines are on the open network."""

from ipaddress import IPv4Address, IPv6Network, ip_address

#: The only part of IPv6 that is given out for the open network.
_OPEN = IPv6Network("2000::/3")
#: Within it: addresses of IPv4 carried in IPv6, which may hide a private one.
_CARRIED = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def is_open(text: str) -> bool:
    """Whether an address is one of the open network: not of a private one, of this machine or its
    neighbours, of many at once, or kept for other uses. What cannot be read is not."""
    try:
        found = ip_address(text)
    except ValueError:
        return False
    if found.is_multicast or found.is_reserved or not found.is_global:
        return False
    if isinstance(found, IPv4Address):
        return True
    return found in _OPEN and not any(found in network for network in _CARRIED)


def is_loopback(text: str) -> bool:
    """Whether an address is this machine."""
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False
