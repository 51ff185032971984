"""Turning a signed decision into rows of the register, checked and not yet stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import prefetch_related_objects

from ocop.core import attachments, options
from ocop.core.checking import fits
from ocop.core.language import gettext as _
from ocop.core.language import noop
from ocop.core.refusals import Refused
from ocop.criteria.models import LegalVersion
from ocop.places.models import Unit
from ocop.products import codes
from ocop.products.models import Product
from ocop.recognition import authority as authorities
from ocop.recognition import competence, file_showing, keys, legal_versions, signatures
from ocop.recognition.authority import Level
from ocop.recognition.book import Use, expect_free
from ocop.recognition.models import Decision, Evidence, Kind, Recognition
from ocop.recognition.paper_names import signer_of
from ocop.recognition.standing import eligible, ruling_first
from ocop.recognition.states import state_case
from ocop.recognition.validity import State, expiry_of

CHECK_AUTHORITY = options.declare(
    "recognition.check_authority",
    True,
    noop("Từ chối quyết định công nhận hạng sao mà cấp ký không có thẩm quyền"),
    lambda v: isinstance(v, bool),
)
FIRST_DAY = date(2018, 5, 7)  # Decision 490/QĐ-TTg began the programme
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Result:
    """One product of a decision. `total` are its points, when the decision states them.

    `potential_five`: four stars held, forwarded to the Ministry. `evaluated_on` defaults to the
    day of signing. `filed`: its kind was settled when its dossier was filed, by the star of that
    day, and is no question any more.
    """

    product: Product
    stars: int
    kind: Kind = Kind.FIRST
    potential_five: bool = False
    total: Decimal | None = None
    evaluated_on: date | None = None
    filed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The star that ruled a product on a day, and whether it was revoked by then."""

    stars: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """The decision itself: number, day, who signed, and the scan, when there is one.

    `legal_version` is given for a dossier finished under the rules before (transition, Art. 12);
    otherwise it is the one in force on the day of signing. `file_public`: the scan stands on the
    decision's public page; `file_confirmed`: an officer held it against the original, where no
    signature that is trusted speaks for it.
    """

    number: str
    signed_on: date
    authority: str
    level: authorities.Level
    unit: Unit | None = None
    legal_version: LegalVersion | None = None
    scan: bytes | None = None
    filename: str = ""
    file_public: bool = False
    file_confirmed: bool = False


def decision_of(paper: Paper, *, publish: bool, today: date, at: datetime) -> Decision:
    """The decision, not yet stored. Refused as `services.record_decision` says."""
    signed_on = paper.signed_on
    if not FIRST_DAY <= signed_on <= today:
        raise _refuse("signed_on", _("Ngày ký phải từ năm 2018 và không sau hôm nay."))
    try:
        number = str(codes.parse_decision_number(paper.number))
    except Refused as refused:
        raise _refuse("number", refused.message) from refused
    authority = signer_of(paper.authority)
    if not authority:
        raise _refuse("authority", _("Hãy ghi cơ quan ký quyết định."))
    expect_free(number, signed_on, authority, Use.RECOGNITION)
    decision = Decision(
        number=number,
        signed_on=signed_on,
        authority=authority,
        unit=paper.unit,
        legal_version=legal_versions.law_for(paper.legal_version, signed_on),
        demonstration=options.DEMONSTRATION.get(),
        awaits_publication=not publish,
        published_on=today if publish else None,
    )
    fits(decision)
    if paper.scan is not None:
        decision.attachment = attachments.store(paper.scan, filename=paper.filename, at=at)
        signed = signatures.looked_at(paper.scan)
        if publish:
            file_showing.expect_unchanged(signed, "scan")
        if paper.file_public:
            file_showing.expect_showable(signed, confirmed=paper.file_confirmed)
        decision.signatures = signed.as_json()
        decision.file_public = paper.file_public
    return decision


def rows_of(
    decision: Decision, paper: Paper, results: Sequence[Result], *, at: datetime
) -> list[Recognition]:
    """Its recognitions, not yet stored. Refused as `services.record_decision` says."""
    if not results:
        raise Refused("no_results", _("Quyết định chưa có sản phẩm nào. Hãy thêm ít nhất một."))
    prefetch_related_objects([result.product for result in results], "producer", "commune", "unit")
    if check_authority := CHECK_AUTHORITY.get():
        authorities.agree(paper.level, decision.authority, decision.number)
    _check_law(paper, results)
    before = held_before((result.product for result in results), decision.signed_on)
    rows = []
    for result in results:
        _check_star(result, decision.signed_on)
        if check_authority:
            authorities.check(paper.level, result.stars, decision.signed_on)
            _expect_competent(decision, paper, result)
        _check_kind(result, before)
        rows.append(_row(decision, result, at))
    _refuse_doubles(rows)
    return rows


def _check_law(paper: Paper, results: Sequence[Result]) -> None:
    """The law that was named judged these products, and by it this level gives these stars."""
    if (law := paper.legal_version) is None:
        return
    legal_versions.expect_sets(law, (result.product.set_number for result in results))
    level = authorities.Level(paper.level)
    for result in results:
        legal_versions.expect_judged_by(
            law, level, result.stars, paper.signed_on, result.evaluated_on
        )


def _expect_competent(decision: Decision, paper: Paper, result: Result) -> None:
    """Who signed decides on this star here, and signs at the level that was told."""
    signer = competence.expect_competent(
        result.stars,
        decision.authority,
        decision.number,
        decision.signed_on,
        field="authority",
        of=result.product,
    )
    authorities.expect_level(Level(paper.level), signer.level, decision.authority)


def _check_star(result: Result, signed_on: date) -> None:
    if result.stars not in (3, 4, 5):
        raise Refused("stars", _("Chỉ có quyết định công nhận 3, 4 hoặc 5 sao."))
    if result.potential_five and result.stars != 4:
        raise Refused("potential_five", _("Tiềm năng 5 sao là sản phẩm đang giữ 4 sao."))
    if result.total is not None and not 0 <= result.total <= _FULL:
        raise Refused("total", _("Tổng điểm phải từ 0 đến 100."))
    if result.evaluated_on is not None and result.evaluated_on > signed_on:
        raise Refused("evaluated_on", _("Ngày đánh giá không được sau ngày ký quyết định."))


def stars_before(products: Iterable[Product], on: date) -> Mapping[int, int]:
    """The star that each product had on the day, as `held_before`; one that was revoked is gone."""
    held = held_before(products, on)
    return {product: star.stars for product, star in held.items() if not star.revoked}


def held_before(products: Iterable[Product], on: date) -> Mapping[int, Held]:
    """The star that ruled each product on the day, of a decision that awaits its publication, too.
    Rows without any date, and a shop's word, say nothing about the order of things. A result that
    was annulled since (Art. 10.1b) counts as never given, so nothing comes after it."""
    dated = eligible(on, awaited=True).filter(
        product__in=list(products), began__isnull=False, annulled_on=None
    )
    rows = ruling_first(dated.exclude(evidence=Evidence.C)).annotate(state=state_case(on))
    told = rows.values_list("product_id", "stars", "state")
    return {pk: Held(stars, state == State.REVOKED) for pk, stars, state in reversed(told)}


def _check_kind(result: Result, before: Mapping[int, Held]) -> None:
    """First is first, also after a revocation, which leaves no star to renew (Art. 6, 8); who comes
    again was there before; an upgrade is a higher star."""
    name, star = result.product.name, before.get(result.product.pk)
    held = star.stars if star is not None and not star.revoked else None
    if not result.filed:
        _check_again(result, star)
    if result.kind == Kind.UPGRADE and held is not None and result.stars <= held:
        raise Refused(
            "no_upgrade",
            _(
                "“%(product)s” đang có %(stars)d sao, nâng hạng phải lên hạng cao hơn. Hãy bỏ sản "
                "phẩm này khỏi quyết định; hồ sơ nâng hạng thì ghi không công nhận, hạng sao đang "
                "có vẫn giữ."
            )
            % {"product": name, "stars": held},
        )


def _check_again(result: Result, star: Held | None) -> None:
    name = result.product.name
    if result.kind == Kind.FIRST and star is not None and not star.revoked:
        raise Refused(
            "ranked_before",
            _("“%s” đã được công nhận trước đó. Hãy chọn nâng hạng hoặc đánh giá lại.") % name,
        )
    if result.kind != Kind.FIRST and star is not None and star.revoked:
        raise Refused(
            "star_revoked",
            _("Hạng sao của “%s” đã bị thu hồi vào ngày ký. Hãy chọn đánh giá lần đầu.") % name,
        )
    if result.kind != Kind.FIRST and star is None:
        raise Refused(
            "never_ranked",
            _("“%s” chưa được công nhận lần nào. Hãy chọn đánh giá lần đầu.") % name,
        )


def _row(decision: Decision, result: Result, at: datetime) -> Recognition:
    product, signed_on = result.product, decision.signed_on
    evaluated_on = result.evaluated_on or signed_on
    return Recognition(
        product=product,
        authority=decision.authority,
        kind=Kind(result.kind),
        stars=result.stars,
        potential_five=result.potential_five,
        total=result.total,
        evidence=Evidence.M if decision.demonstration else Evidence.A,
        evaluated_on=evaluated_on,
        year=evaluated_on.year,
        valid_from=signed_on,
        expires_on=expiry_of(signed_on),
        province=product.province,
        address=product.producer.address,
        unit=_unit_on(product, signed_on),
        commune=product.commune,
        row_key=keys.row_key(
            decision=decision.number,
            signed_on=signed_on,
            authority=decision.authority,
            product=product.name,
            producer=product.producer.name,
        ),
        created_at=at,
    )


def _unit_on(product: Product, day: date) -> Unit | None:
    """The unit of the day of signing: today's commune if it was there, else the unit of then."""
    commune = product.commune
    return commune if commune is not None and commune.valid_from <= day else product.unit


def _refuse_doubles(rows: Sequence[Recognition]) -> None:
    products = [row.product_id for row in rows]
    row_keys = [row.row_key for row in rows]
    twice = len(set(products)) < len(rows) or len(set(row_keys)) < len(rows)
    if twice or Recognition.objects.filter(row_key__in=row_keys, annulled_on=None).exists():
        raise Refused(
            "recognised_twice",
            _("Một sản phẩm có hai lần trong quyết định, hoặc đã có trong sổ với quyết định này."),
        )


def _refuse(field: str, message: str) -> Refused:
    return Refused(f"recognition_{field}", message, fields={field: [message]})
