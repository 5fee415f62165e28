"""A label schema from any file that holds one: our YAML, or brat's configuration."""

from __future__ import annotations

from pathlib import Path

from annotations.schema import Schema


def read_schema_file(path: Path, like: Schema | None = None) -> Schema:
    """The schema in a YAML file, in an ``annotation.conf`` of brat, or in the folder of one.

    What brat's file cannot say (keys, descriptions) is taken from ``like`` for labels of the same name. Raises ``FormatError``.
    """
    from exports.brat.conf_read import ANNOTATION, read_conf

    conf = path / ANNOTATION if path.is_dir() else path
    if conf.suffix == ".conf":
        return read_conf(conf, like)
    from exports.schema_yaml import read_schema

    return read_schema(path)
