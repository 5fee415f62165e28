"""What SQLite and PostgreSQL do differently: one door for rows and search, one kind of store for each kind of place.

``door(connection)`` answers in the words of the database that the connection leads to; ``open_store(place)``
gives transactions. Nothing else of this room asks which database it is.
"""

from __future__ import annotations

from model.engines.doors import door
from model.engines.json_part import json_part
from model.engines.stores import Store, open_store

__all__ = ["Store", "door", "json_part", "open_store"]
