"""How large a matrix may be and still be read."""

MAX_SIDE = 30
"""The most columns of a matrix; what has more is told row by row, as far as there is anything."""
