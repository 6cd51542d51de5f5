"""Measures real pages as ratios to null pages, so that figures of different machines can be compared."""
