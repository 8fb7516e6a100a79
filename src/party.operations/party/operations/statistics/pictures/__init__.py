"""Pictures of figures (biểu đồ): pure functions from data to SVG, readable in print and by the colour-blind.

Every function takes its words ready in the language of the reader and returns one ``<svg>`` with a title and a
description, or "" when there is nothing to draw. Colours are CSS variables with a value for where there are none; nothing
is told by colour alone: lines differ by dash and mark, bars and cells carry their value, bands are hatched.
"""
