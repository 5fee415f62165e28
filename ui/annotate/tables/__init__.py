"""The entity table and the relation table: item models over values, edited in place."""
