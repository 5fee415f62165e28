"""The language of the house: labels, and what can be computed from them."""
