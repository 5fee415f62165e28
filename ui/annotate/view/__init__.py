"""The report view: a text, its entities and relations, painted and selected. It knows values only."""
