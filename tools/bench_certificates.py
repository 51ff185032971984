"""1,000 certificates of one decision as one PDF: numbered, drawn with their signed labels, set.

The limit is 60 s, with progress told on the way. Every hundredth page is drawn at 203 dpi and its
code read, as a label printer would print it.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime

CERTIFICATES, LIMIT, DPI = 1_000, 60, 203
AT = datetime(2026, 11, 30, tzinfo=UTC)
SIGNED = date(2026, 11, 20)


def fill() -> object:
    """A decision on 1,000 products of as many communes and producers as a large round has."""
    from ocop.core.folding import words
    from ocop.producers.models import Producer
    from ocop.products.models import Product, Sector
    from ocop.recognition.models import Decision, Evidence, Kind, Recognition
    from ocop.recognition.validity import expiry_of

    decision = Decision.objects.create(
        number="5120/QĐ-UBND", signed_on=SIGNED, authority="UBND thành phố Hà Nội"
    )
    makers = Producer.objects.bulk_create(
        Producer(code=f"{n:08d}", name=(called := f"Hợp tác xã nông nghiệp và dịch vụ số {n}"),
                 folded=words(called), province="01", listed=True, created_at=AT)
        for n in range(CERTIFICATES // 4)
    )  # fmt: skip
    sectors = list(Sector)
    products = Product.objects.bulk_create(
        Product(code=f"{n:08d}", name=(called := f"Trà sen ướp xổi loại đặc biệt số {n}"),
                folded=words(called), producer=makers[n % len(makers)], province="01",
                listed=True, sector=sectors[n % len(sectors)], created_at=AT)
        for n in range(CERTIFICATES)
    )  # fmt: skip
    Recognition.objects.bulk_create(
        Recognition(product=product, decision=decision, stars=3 + n % 2, evidence=Evidence.A,
                    province="01", kind=Kind.FIRST, evaluated_on=SIGNED, year=2026,
                    valid_from=SIGNED, expires_on=expiry_of(SIGNED), row_key=f"{n:064d}",
                    created_at=AT)
        for n, product in enumerate(products)
    )  # fmt: skip
    return decision


def codes_read(content: bytes) -> tuple[int, int]:
    """How many pages the file has, and of how many of those looked at the code was read."""
    import pypdfium2
    import zxingcpp

    paper = pypdfium2.PdfDocument(content)
    found = 0
    for page in range(0, len(paper), 100):
        picture = paper[page].render(scale=DPI / 72).to_pil()
        found += any("/V/" in code.text for code in zxingcpp.read_barcodes(picture))
    return len(paper), found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OCOP_DATA_DIR"] = folder
        from ocop.commands._framework import start

        start()
        from django.core.management import call_command

        from ocop.core.actor import SYSTEM
        from ocop.recognition import certificates
        from ocop.recognition.models import Certificate

        call_command("migrate", verbosity=0, skip_checks=True)
        decision = fill()
        began = time.perf_counter()
        certificates.issue_certificates(actor=SYSTEM, decision=decision, at=AT)
        numbered = time.perf_counter() - began
        rows = Certificate.objects.select_related(
            "recognition__product__producer", "recognition__decision", "recognition__unit"
        )
        told: list[int] = []
        content = certificates.printed(list(rows), at=AT, beat=told.append)
        took = time.perf_counter() - began
        pages, read = codes_read(content)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = took < LIMIT and pages == CERTIFICATES == len(told) and read == len(range(0, pages, 100))
    print(f"{pages:,} certificates in one PDF: {took:.1f} s (numbered in {numbered:.1f} s; limit "
          f"{LIMIT} s), {len(content) / 2**20:.1f} MB, progress told {len(told):,} times, {read} "
          f"codes of {len(range(0, pages, 100))} read at {DPI} dpi, at most {most:,.0f} MB: "
          f"{'held' if held else 'NOT HELD'}")  # fmt: skip
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
