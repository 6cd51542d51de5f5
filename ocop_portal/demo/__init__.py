"""The invented people and the short history of a demonstration. Real products never get invented scores."""
