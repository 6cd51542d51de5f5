"""What workers do for this app, one module per noun."""
