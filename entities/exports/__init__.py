"""Lists as files, one module per noun."""
