"""A nation of the real one's size, invented by a fixed seed: places where none are, ten years of records, and money."""
