"""Writes of products."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from ocop.core import attachments, editing, filetypes, folding, options
from ocop.core.actions import action, require
from ocop.core.actor import Actor
from ocop.core.checking import check_text, fits, needs_reason
from ocop.core.codes import public_code
from ocop.core.events import record
from ocop.core.language import gettext as _
from ocop.core.refusals import NotAllowed, Refused
from ocop.criteria.sets import load_set
from ocop.places.models import Level, Unit
from ocop.producers.models import Producer
from ocop.products import alike, codes, gtin, listing, placing, rules
from ocop.products.likeness import Like, reason_words
from ocop.products.models import Product, ProductImage, ProductState, Sector

_CAPTION = 160  # letters
#: What events keep the values of: short, and told to everybody.
_OPEN = (
    "name",
    "sector",
    "set_number",
    "gtin",
    "official_code",
    "old_code",
    "in_ocop",
    "unit_id",
    "commune_id",
)


class AlikeProducts(Refused):
    """A new name is like others. Not an error: entered again with a reason, it is taken."""

    def __init__(self, found: Sequence[Like]) -> None:
        self.alike = tuple(found)
        words = [
            f"{like.entry.name}: {', '.join(reason_words(r) for r in like.reasons)}"
            for like in found
        ]
        super().__init__(
            "product_alike",
            _("Tên này giống sản phẩm đã có. Nếu là sản phẩm khác, hãy xác nhận và ghi lý do."),
            fields={"name": words},
        )


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a product. `commune` and `unit` default to the producer's.

    `revenue` is in đồng a year; None leaves what is stored.
    """

    name: str
    sector: Sector | str = ""
    set_number: int | None = None
    gtin: str = ""
    official_code: str = ""
    old_code: str = ""
    in_ocop: bool = True
    state: ProductState = ProductState.ACTIVE
    story: str = ""
    revenue: int | None = None
    commune: Unit | None = None
    unit: Unit | None = None


@action("products.create_product")
def create_product(
    *,
    actor: Actor,
    producer: Producer,
    particulars: Particulars,
    confirm_alike: bool = False,
    reason: str = "",
    at: datetime,
) -> Product:
    """Enter a product. An officer who enters it puts it before the public; a producer does not.

    Refused: `AlikeProducts` when the name is like others (top three with reasons) and
    `confirm_alike` with a reason is missing; no name, a set that is not of the sector, a malformed
    or already used GTIN or code, a commune that is none today; a producer that works no more.
    """
    require(actor, rules.may_create_product, producer, timezone.localdate(at))
    if producer.stopped_on is not None:
        raise Refused(
            "producer_stopped",
            _("Chủ thể này đã được ghi là ngừng hoạt động. Nếu đã hoạt động lại, hãy ghi trước."),
        )
    check_text(reason.strip(), "reason")
    product = Product(
        code=public_code(),
        producer=producer,
        province=producer.province,
        demonstration=options.DEMONSTRATION.get(),
        created_at=at,
    )
    _fill(product, particulars)
    found = alike.alike(actor, alike.entry_of(product))
    if found and not confirm_alike:
        raise AlikeProducts(found)
    if found:
        needs_reason(reason)
    product.save()
    if actor.is_system or rules.is_officer_of(actor, producer):
        listing.show([product.pk])
        product.listed = True
    record(
        actor,
        "products.product_created",
        product,
        producer,
        at=at,
        reason=reason.strip(),
        change={"alike": [like.entry.key for like in found]},
    )
    return product


@action("products.change_product")
def change_product(
    *, actor: Actor, product: Product, particulars: Particulars, seen: str = "", at: datetime
) -> Product:
    """Change what is known of a product. Its star and its state are changed by acts of their own.

    `particulars.state` is not taken over. Refused as in `create_product`, likeness aside; only an
    officer changes official codes and whether it is in the programme. Refused, too, when something
    happened to the product since the person saw it (`seen` is its `editing.mark` of then).
    """
    require(actor, rules.may_change_product, product, timezone.localdate(at))
    editing.refuse_stale(product, seen)
    before = editing.values(product)
    state = product.state
    _fill(product, particulars)
    product.state = state
    change = editing.told(before, product, _OPEN)
    changed = change["fields"]
    officers = {"official_code", "old_code", "in_ocop", "commune_id", "unit_id"} & set(changed)
    if officers and not (actor.is_system or rules.is_officer_of(actor, product.producer)):
        raise NotAllowed(
            "officers_fields",
            _("Mã sản phẩm, nơi sản xuất và việc tham gia chương trình do cán bộ sửa."),
        )
    product.save(update_fields=changed)
    placing.tell([product.pk])
    record(actor, "products.product_changed", product, at=at, change=change)
    return product


@action("products.stop_product")
def stop_product(*, actor: Actor, product: Product, reason: str, at: datetime) -> Product:
    """Note that a product is not made any more. Its star stays what the register says."""
    require(actor, rules.may_change_product, product, timezone.localdate(at))
    needs_reason(reason)
    _move(product, ProductState.STOPPED, _("Sản phẩm này đã được ghi là ngừng sản xuất."))
    record(actor, "products.product_stopped", product, at=at, reason=reason.strip())
    return product


@action("products.resume_product")
def resume_product(*, actor: Actor, product: Product, reason: str, at: datetime) -> Product:
    """Note that a product is made: again, or for the first time after the idea."""
    require(actor, rules.may_change_product, product, timezone.localdate(at))
    needs_reason(reason)
    _move(product, ProductState.ACTIVE, _("Sản phẩm này đang được sản xuất."))
    record(actor, "products.product_resumed", product, at=at, reason=reason.strip())
    return product


@action("products.list_product")
def list_product(*, actor: Actor, product: Product, at: datetime) -> Product:
    """Put a product, and its producer, before the public."""
    require(actor, rules.may_list_product, product)
    if product.state == ProductState.IDEA:
        raise Refused("product_idea", _("Sản phẩm còn là ý tưởng, chưa công khai được."))
    if not Product.objects.filter(pk=product.pk, listed=False).exists():
        raise Refused("product_listed", _("Sản phẩm này đã công khai."))
    listing.show([product.pk])
    product.listed = True
    record(actor, "products.product_listed", product, at=at)
    return product


@action("products.unlist_product")
def unlist_product(*, actor: Actor, product: Product, reason: str, at: datetime) -> Product:
    """Take a product from the public's pages, as one entered twice. It stays in the register."""
    require(actor, rules.may_list_product, product)
    needs_reason(reason)
    if not Product.objects.filter(pk=product.pk, listed=True).update(listed=False):
        raise Refused("product_unlisted", _("Sản phẩm này đang không công khai."))
    product.listed = False
    record(actor, "products.product_unlisted", product, at=at, reason=reason.strip())
    return product


@action("products.add_image")
def add_image(
    *, actor: Actor, product: Product, content: bytes, filename: str, caption: str, at: datetime
) -> ProductImage:
    """Add a photograph behind the others. The caption tells those who cannot see it what it shows.

    Refused: no caption or one past 160 letters, a file that is no image, the same image twice.
    """
    require(actor, rules.may_change_product, product, timezone.localdate(at))
    words = folding.clean(caption)
    if not words or len(words) > _CAPTION:
        raise _refuse("caption", _("Hãy ghi chú thích ảnh, nhiều nhất %d ký tự.") % _CAPTION)
    if content and not filetypes.is_picture(content):
        raise _refuse("image", _("Hãy chọn tệp ảnh PNG, JPEG hoặc WebP."))
    attachment = attachments.store(content, filename=filename, at=at)
    if product.images.filter(attachment=attachment).exists():
        raise _refuse("image", _("Ảnh này đã có ở sản phẩm."))
    last = product.images.aggregate(last=Max("position"))["last"]
    image = ProductImage.objects.create(
        product=product,
        attachment=attachment,
        caption=words,
        position=0 if last is None else last + 1,
    )
    record(actor, "products.image_added", product, at=at)
    return image


def _fill(product: Product, given: Particulars) -> None:
    product.name = folding.clean(given.name)
    if not product.name:
        raise _refuse("name", _("Hãy ghi tên sản phẩm."))
    product.folded = folding.words(product.name, product.producer.name)
    product.sector = Sector(given.sector) if given.sector else ""
    product.set_number = given.set_number
    if given.set_number is not None:
        sector = load_set(given.set_number).sector
        if product.sector not in ("", sector):
            raise _refuse("set_number", _("Bộ tiêu chí này không thuộc ngành đã chọn."))
        product.sector = sector
    product.gtin = _gtin(given.gtin, product)
    _codes(product, given)
    product.in_ocop = given.in_ocop
    product.state = ProductState(given.state)
    product.story = given.story.strip()
    if given.revenue is not None:
        if given.revenue < 0:
            raise _refuse("revenue", _("Doanh thu không được âm."))
        product.revenue = given.revenue
    _place(product, given)
    fits(product)


def _gtin(text: str, product: Product) -> str:
    if not text.strip():
        return ""
    try:
        number = gtin.normalise(text)
    except Refused as refused:
        raise Refused(
            refused.code, refused.message, fields={"gtin": [refused.message]}
        ) from refused
    if gtin.is_demonstration(number) and not options.DEMONSTRATION.get():
        raise _refuse("gtin", _("Mã GTIN đầu 952 chỉ dùng cho dữ liệu mẫu."))
    if Product.objects.filter(gtin=number).exclude(pk=product.pk).exists():
        raise _refuse("gtin", _("Mã GTIN này đã có sản phẩm khác. Mỗi sản phẩm một mã."))
    return number


def _codes(product: Product, given: Particulars) -> None:
    product.official_code = _code(given.official_code, "official_code", with_district=False)
    product.old_code = _code(given.old_code, "old_code", with_district=True)
    same = Product.objects.filter(official_code=product.official_code).exclude(pk=product.pk)
    if product.official_code and same.exists():
        raise _refuse("official_code", _("Mã sản phẩm này đã cấp cho sản phẩm khác."))


def _code(text: str, field: str, *, with_district: bool) -> str:
    if not text.strip():
        return ""
    try:
        code = codes.parse_product_code(text)
    except Refused as refused:
        raise Refused(refused.code, refused.message, fields={field: [refused.message]}) from refused
    if bool(code.district) != with_district:
        raise _refuse(field, _("Mã có cấp huyện là mã cũ, mã không có cấp huyện là mã hiện nay."))
    return str(code)


def _place(product: Product, given: Particulars) -> None:
    commune = given.commune or product.commune or product.producer.commune
    if commune is not None and (commune.level != Level.COMMUNE or commune.valid_to is not None):
        raise _refuse("commune", _("Hãy chọn xã, phường hiện nay."))
    product.commune = commune
    product.unit = given.unit or product.unit or product.producer.unit or commune
    if commune is not None and commune.parent is not None:
        product.province = commune.parent.code


def _move(product: Product, state: ProductState, already: str) -> None:
    moved = Product.objects.filter(pk=product.pk).exclude(state=state).update(state=state)
    if not moved:
        raise Refused("product_state", already)
    product.state = state


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"product_{field}", message, fields={field: [message]})
