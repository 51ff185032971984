"""Search in products, on both databases: every word must match, each as the beginning of a word.

Both index `Product.folded` (the words of `core.folding.words`, so only letters a–z, digits and
single spaces) by their own means: SQLite with an FTS5 table that triggers keep in step, whoever
writes the rows; PostgreSQL with a GIN index over the words as they are, past its own parser, which
would take some of them for numbers or addresses. The same texts give the same hits on both.

When a producer's name changes, a trigger brings the search text of its products up to date.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Left, Length
from django.db.models.sql.compiler import SQLCompiler

from ocop.core import folding
from ocop.core.refusals import Refused
from ocop.producers.spelling import sought
from ocop.products import codes, gtin

M = TypeVar("M", bound=models.Model)

_FTS = "ocop_product_search"
_PRODUCT, _PRODUCER = "ocop_product", "ocop_producer"
_SQLITE = (
    f"CREATE VIRTUAL TABLE {_FTS} USING fts5(folded, content='{_PRODUCT}', content_rowid='id', "
    "detail='none', prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')",
    f"INSERT INTO {_FTS}({_FTS}) VALUES ('rebuild')",
    f"CREATE TRIGGER {_FTS}_insert AFTER INSERT ON {_PRODUCT} BEGIN "
    f"INSERT INTO {_FTS}(rowid, folded) VALUES (new.id, new.folded); END",
    f"CREATE TRIGGER {_FTS}_delete AFTER DELETE ON {_PRODUCT} BEGIN "
    f"INSERT INTO {_FTS}({_FTS}, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    f"CREATE TRIGGER {_FTS}_update AFTER UPDATE OF folded ON {_PRODUCT} "
    "WHEN old.folded <> new.folded BEGIN "
    f"INSERT INTO {_FTS}({_FTS}, rowid, folded) VALUES ('delete', old.id, old.folded); "
    f"INSERT INTO {_FTS}(rowid, folded) VALUES (new.id, new.folded); END",
    f"CREATE TRIGGER {_FTS}_producer AFTER UPDATE OF folded ON {_PRODUCER} "
    "WHEN old.folded <> new.folded BEGIN "
    f"UPDATE {_PRODUCT} SET folded = "
    "substr(folded, 1, length(folded) - length(old.folded)) || new.folded "
    "WHERE producer_id = new.id AND substr(folded, -length(old.folded)) = old.folded; END",
)
_SQLITE_TRIGGERS = tuple(f"{_FTS}_{each}" for each in ("insert", "delete", "update", "producer"))

#: The words of a text as they are; `array_remove` lets texts with other signs in, too.
_WORDS = "array_to_tsvector(array_remove(regexp_split_to_array({}, '[^0-9a-z]+'), ''))"
_POSTGRES = (
    f"CREATE INDEX {_FTS} ON {_PRODUCT} USING gin (({_WORDS.format('folded')})) "
    "WITH (fastupdate = off)",
    f"""CREATE OR REPLACE FUNCTION {_FTS}_producer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE {_PRODUCT} SET folded =
    left(folded, length(folded) - length(OLD.folded)) || NEW.folded
    WHERE producer_id = NEW.id AND right(folded, length(OLD.folded)) = OLD.folded;
  RETURN NULL;
END $$""",
    f"CREATE TRIGGER {_FTS}_producer AFTER UPDATE OF folded ON {_PRODUCER} FOR EACH ROW "
    f"WHEN (OLD.folded <> NEW.folded) EXECUTE FUNCTION {_FTS}_producer()",
)
_POSTGRES_GONE = (
    f"DROP TRIGGER IF EXISTS {_FTS}_producer ON {_PRODUCER}",
    f"DROP INDEX IF EXISTS {_FTS}",
)


class Matches(Func):
    """True for a product whose search text holds every word as the beginning of a word, or another
    way to write it.

    `path` leads from the rows to the product: "" for products, "product__" for recognitions.
    """

    output_field = models.BooleanField()

    def __init__(self, words: Sequence[str], path: str = "") -> None:
        self._words = tuple(words)
        super().__init__(F(f"{path}pk"), F(f"{path}folded"))

    @property
    def identity(self) -> tuple[Any, ...]:
        return (*super().identity, self._words)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        index = connection.ops.quote_name(_FTS)
        key, parameters = compiler.compile(self.source_expressions[0])
        asked = _expression(self._words, '"{}" *', '"{}"', " AND ", " OR ")
        sql = f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"
        return sql, (*parameters, asked)

    def as_postgresql(
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper, **_more: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        text, parameters = compiler.compile(self.source_expressions[1])
        asked = _expression(self._words, "'{}':*", "'{}'", " & ", " | ")
        return f"({_WORDS.format(text)} @@ %s::tsquery)", (*parameters, asked)


def _expression(words: Sequence[str], typed: str, whole: str, both: str, either: str) -> str:
    """What is asked in the language of a database, with the other ways to write it."""

    def together(form: str, phrase: Sequence[str]) -> str:
        return f"({both.join(form.format(word) for word in phrase)})"

    ways = (
        [together(typed, part.typed), *(together(whole, other) for other in part.others)]
        for part in sought(words)
    )
    return both.join(f"({either.join(each)})" for each in ways)


def matching(rows: QuerySet[M], text: str, *, path: str = "") -> QuerySet[M]:
    """The rows whose product has every word of `text`; all rows for a blank text. The kind of a
    producer is found whichever way it is written: `htx` finds Hợp tác xã.

    A whole product code or GTIN, as it stands on a package or a paper, finds that product. A text
    of signs only, without a letter or digit, matches nothing.
    """
    if not text.strip():
        return rows
    if number := _number(text):
        return rows.filter(Q(**{f"{path}{column}": value for column, value in number.items()}))
    words = folding.asked(text)
    return rows.filter(Matches(words, path)) if words else rows.none()


def _number(text: str) -> dict[str, str]:
    """The column and the value by which a product is known alone; {} where a text is no number."""
    try:
        code = codes.parse_product_code(text)
    except Refused:
        return {"gtin": gtin.normalise(text)} if gtin.is_valid(text) else {}
    return {"old_code" if code.district else "official_code": str(code)}


def by_relevance(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """Products with their `relevance` to a text: 0 where the name begins with it, 1 where the name
    has every word, 2 where some stand in the producer's name only."""
    words = folding.asked(text)
    phrase = " ".join(words)
    named = Q()
    for word in words:
        named &= Q(named__startswith=word) | Q(named__contains=f" {word}")
    nearness = [When(named__startswith=phrase, then=Value(0))]
    if words:
        nearness.append(When(named, then=Value(1)))
    before_producer = Length("folded") - Length("producer__folded")
    return rows.alias(named=Left("folded", before_producer)).annotate(
        relevance=Case(*nearness, default=Value(2))
    )


class InstallSearch(migrations.RunPython):
    """Migration step that builds the index and its triggers.

    SQLite rebuilds a table to alter it and loses its triggers with that: a migration that alters
    products or producers repeats this step at its end (a test says so).
    """

    def __init__(self) -> None:
        super().__init__(
            lambda _apps, editor: install(editor.connection),
            lambda _apps, editor: remove(editor.connection),
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [], {})


def install(connection: BaseDatabaseWrapper) -> None:
    """Build the index from the rows that are there, and the triggers; what stood is replaced."""
    remove(connection)
    _run(connection, _POSTGRES if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the index and the triggers away."""
    if connection.vendor == "postgresql":
        _run(connection, _POSTGRES_GONE)
        return
    _run(connection, (f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_TRIGGERS))
    _run(connection, (f"DROP TABLE IF EXISTS {_FTS}",))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
