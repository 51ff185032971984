"""Who looks at a code, as far as it is kept: a person or a program, one phone within a day, and the
province. Nothing of it leads to a person.
"""

import hashlib
import re
from ipaddress import ip_address

#: Programs that follow links by themselves, by what they call themselves: search engines, previews
#: of messengers, monitors, libraries. Whoever hides among browsers counts as one. CUBOT makes
#: telephones.
_PROGRAMS = re.compile(
    rb"(?<!cu)bot\b|bot/|spider|crawl|slurp|archiver|preview|facebookexternalhit|facebookcatalog|embedly"
    rb"|whatsapp/|telegram|zalobot|skypeuripreview|slackbot|vkshare|mediapartners|lighthouse"
    rb"|pagespeed|headlesschrome|uptime|monitor|pingdom|statuscake|checkly|curl/|wget|libwww"
    rb"|python-|aiohttp|httpx|go-http-client|okhttp/|java/|axios|node-fetch|undici|scrapy|feedfetch"
    rb"|google(?:other|-)|apis-google|yandex(?!search)|/bots?\b|externalfetch|externalagent|imgproxy"
    rb"|compatible; pinterest|iframely|poker/|(?:chatgpt|perplexity|claude|mistralai)-user|probe/"
    rb"|health-?check|httpclient|postman|phantomjs|heritrix|archive\.org|inspectiontool",
    re.IGNORECASE,
)
_LONGEST = 400  # bytes of a name that are looked at


def is_program(agent: bytes) -> bool:
    """Whether User-Agent names a program that nobody looks through. No name at all is none of a
    browser either."""
    return not agent or _PROGRAMS.search(agent[:_LONGEST]) is not None


def client(salt: bytes, address: str, agent: bytes) -> bytes:
    """Eight bytes that are the same for one phone as long as the salt is, and say nothing without.

    Of an address of IPv6 the network alone counts: a phone changes the rest as it likes.
    """
    told = _network(address).encode() + b"\0" + agent[:_LONGEST]
    return hashlib.blake2b(told, digest_size=8, key=salt).digest()


def _network(address: str) -> str:
    if ":" not in address:
        return address
    try:
        return ip_address(address).exploded[:19]
    except ValueError:
        return address


def behind(proxies: int, address: str, forwarded: str) -> str:
    """The address of who asks, behind so many proxies of our own: each wrote down who asked it, at
    the end of X-Forwarded-For. What stands before them, anybody can have written."""
    if not proxies:
        return address
    hops = [each.strip() for each in forwarded.split(",") if each.strip()]
    return hops[-proxies] if len(hops) >= proxies else address


def province(told: bytes) -> str:
    """The code of a province as a proxy that knows the place of addresses tells it, or nothing."""
    return told.decode() if len(told) == 2 and told.isdigit() else ""
