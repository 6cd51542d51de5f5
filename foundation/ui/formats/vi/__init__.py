"""Vietnamese ways of writing."""
