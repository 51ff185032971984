"""The order of the house: what import-linter cannot see."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).parents[2] / "src" / "ocop"
#: From top to bottom; rooms of one line may not know each other.
FLOORS = (
    ("programme",),
    ("support", "market"),
    ("network", "promotion", "training"),
    ("traceability",),
    ("dossiers",),
    ("recognition",),
    ("councils", "products"),
    ("producers", "criteria"),
    ("people",),
    ("places",),
    ("core",),
)
FLOOR = {room: -number for number, rooms in enumerate(FLOORS) for room in rooms}
#: Inside a room a file imports only from those before it.
INNER = ("rules", "models", "queries", "services", "tasks")


def _room_of(model: type) -> str:
    return model.__module__.split(".")[1]


def test_every_foreign_key_points_down() -> None:
    wrong = []
    for model in apps.get_app_config("ocop").get_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if target is None or not target.__module__.startswith("ocop."):
                continue
            here, there = _room_of(model), _room_of(target)
            if here != there and FLOOR[here] <= FLOOR[there]:
                wrong.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert wrong == []


def _runtime_imports(path: Path) -> set[str]:
    """Modules a file imports when it runs; those for the type checker only are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


@pytest.mark.parametrize("room", [room for floor in FLOORS for room in floor])
def test_files_of_a_room_import_in_order(room: str) -> None:
    wrong = []
    for place, name in enumerate(INNER):
        path = SOURCE / room / f"{name}.py"
        if not path.exists():
            continue
        above = {f"ocop.{room}.{other}" for other in INNER[place + 1 :]}
        wrong += [f"{name} → {module}" for module in _runtime_imports(path) & above]
    assert wrong == []


def test_no_file_grows_past_400_lines() -> None:
    long = {
        str(path.relative_to(SOURCE)): count
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_recorded_event_has_words() -> None:
    from ocop.web.happenings import WORDS

    recorded = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        recorded |= set(re.findall(r"\brecord\(\s*[\w.]+,\s*\"([a-z]+\.[a-z_]+)\"", text))
    assert recorded - set(WORDS) == set()
    assert set(WORDS) - recorded == set()


def test_no_module_is_without_a_docstring() -> None:
    bare = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert bare == []
