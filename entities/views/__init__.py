"""Pages of producers and craft villages, one module per noun."""
