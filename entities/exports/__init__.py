"""Lists of producers' facts and craft villages as sheets, one module per noun."""
