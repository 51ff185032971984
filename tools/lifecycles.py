"""Draws the tables of states into docs/reference/lifecycle.md: `python tools/lifecycles.py`.

With `--check` it writes nothing and fails when the page is not what the tables say.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "lifecycle.md"
sys.path.insert(0, str(ROOT / "src"))


def drawn() -> str:
    """The whole page."""
    from ocop.councils import lifecycle as councils
    from ocop.dossiers import lifecycle as dossiers
    from ocop.recognition.postcheck import lifecycle as postcheck
    from ocop.support import lifecycle as support
    from ocop.traceability import lifecycle as stamps

    lines = [
        "# States and moves",
        "",
        "Drawn by `tools/lifecycles.py` from the `lifecycle.py` of `dossiers`, `councils`,",
        "`recognition/postcheck`, `traceability` and `support`, tables that services obey.",
        "Articles are those of Decision 26/2026/QĐ-TTg; where none stands, the working rules of",
        "the council or of the office say it.",
    ]
    moves = {name: vars_of(move) for name, move in dossiers.MOVES.items()}
    lines += part("Dossier (hồ sơ)", dossiers.SITUATIONS, moves)
    for title, states, found in (
        ("Sitting of a council (phiên họp)", councils.SITTING, councils.SITTING_MOVES),
        ("Case on an agenda (sản phẩm trong phiên)", councils.ITEM, councils.ITEM_MOVES),
        ("Member's sheet (phiếu chấm)", councils.SHEET, councils.SHEET_MOVES),
    ):
        lines += part(title, states, {name: vars_of(move) for name, move in found.items()})
    for title, machine in (
        ("Post-check (kiểm tra sau công nhận)", postcheck.CHECK),
        ("Complaint of the public (phản ánh)", postcheck.COMPLAINT),
        ("Revocation case (vụ việc thu hồi)", postcheck.CASE),
        ("Order of stamps (đơn đặt tem)", stamps.ORDER),
        ("Range of stamps (dải tem)", stamps.RANGE),
        ("Request for support (đề nghị hỗ trợ)", support.REQUEST),
    ):
        found = {name: vars_of(move) for name, move in machine.moves.items()}
        lines += part(title, machine.situations, found)
    return "\n".join(lines) + "\n"


def part(title: str, states: Mapping[str, Any], moves: Mapping[str, Any]) -> Iterable[str]:
    """A heading, the states, a diagram and the moves of one table."""
    yield from ("", f"## {title}", "")
    first = next(iter(states.values()))
    if hasattr(first, "producer"):
        yield "| State | Staff read | The producer reads | Who acts | Limit | Article |"
        yield "|---|---|---|---|---|---|"
        for key, state in states.items():
            cells = (state.staff, state.producer, state.who, limit(state), state.article)
            yield f"| `{key}` | {' | '.join(cells)} |"
    else:
        yield "| State | Staff read | To do in it |"
        yield "|---|---|---|"
        for key, state in states.items():
            yield f"| `{key}` | {state.staff} | {state.todo} |"
    yield from ("", "```mermaid", "stateDiagram-v2")
    for name, move in moves.items():
        if move["target"] is not None:
            for source in move["sources"]:
                yield f"    {source} --> {move['target']}: {name}"
    yield from ("```", "", "| Move | In words | From | To | Who | Article |")
    yield "|---|---|---|---|---|---|"
    for name, move in moves.items():
        sources = ", ".join(f"`{source}`" for source in move["sources"])
        target = f"`{move['target']}`" if move["target"] else "stays"
        yield (
            f"| `{name}` | {move['words']} | {sources} | {target} | {move['who']} "
            f"| {move['article']} |"
        )


def limit(state: Any) -> str:
    """The time limit of a state in words."""
    if hasattr(state, "limit"):
        return str(state.limit)
    if state.working_days:
        return f"{state.working_days} working days"
    return f"{state.days} days (re-evaluation)" if state.days else ""


def vars_of(move: Any) -> dict[str, Any]:
    """The columns of a move, of either table."""
    return {name: getattr(move, name) for name in ("words", "sources", "target", "who", "article")}


def main() -> int:
    text = drawn()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == text else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
