"""What people's accounts go through, one module per noun."""
