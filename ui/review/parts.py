"""Extent, label and each attribute of one conflict taken from different annotators: asked one after the other. No Qt here."""

from __future__ import annotations

from annotations.review import Answer, EntityGroup, Group, Kind, Said

EXTENT, LABEL, ATTRIBUTE = "extent", "label", "attribute"


class Parts:
    """What was chosen so far for the conflict that is shown."""

    def __init__(self) -> None:
        self._id = ""
        self._chosen: dict[str, str] = {}

    def forget(self) -> None:
        """Begin anew."""
        self._id, self._chosen = "", {}

    def next_point(self, group: Group) -> str:
        """What is asked next: ``extent``, ``label`` or ``attribute:NAME``; empty when there is only one thing to ask."""
        points = _points(group)
        chosen = self._chosen if self._id == group.id else {}
        return next((one for one in points if one not in chosen), "") if len(points) > 1 else ""

    def take(self, group: Group, name: str) -> Said | None:
        """Take the next part from an annotator; the whole answer when it was the last, else None.

        To take a part from somebody who has nothing there is to take nothing.
        """
        point = self.next_point(group)
        if not point or name not in group.members:
            self.forget()
            return Said(Answer.TAKE, name)
        if self._id != group.id:
            self._id, self._chosen = group.id, {}
        self._chosen[point] = name
        if self.next_point(group):
            return None
        chosen = self._chosen
        self.forget()
        label_from = chosen.get(LABEL, "")
        attributes = {one.partition(":")[2]: who for one, who in chosen.items() if one.startswith(ATTRIBUTE)}
        return Said(Answer.TAKE, chosen.get(EXTENT) or label_from or name, label_from, attributes_from=attributes)


def _points(group: Group) -> list[str]:
    if not isinstance(group, EntityGroup):
        return []
    asked = [point for kind, point in ((Kind.BOUNDARY, EXTENT), (Kind.LABEL, LABEL)) if kind in group.kinds]
    return [*asked, *(f"{ATTRIBUTE}:{name}" for name in group.differing)]
