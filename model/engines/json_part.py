"""A part of a JSON column as text, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class json_part(FunctionElement[str]):
    """``json_part(column, "touches")``: the value under a key of a JSON object, as JSON text; NULL when there is none."""

    type = String()
    inherit_cache = True
    name = "json_part"


@compiles(json_part)
def _sqlite(element: json_part, compiler: Any, **options: Any) -> str:
    column, key = list(element.clauses)
    return f"json_extract({compiler.process(column, **options)}, '$.' || {compiler.process(key, **options)})"


@compiles(json_part, "postgresql")
def _postgresql(element: json_part, compiler: Any, **options: Any) -> str:
    column, key = list(element.clauses)  # JSON is kept as text there: see postgres_dialect
    return f"json_extract_path_text(({compiler.process(column, **options)})::json, {compiler.process(key, **options)})"
