"""Checking what people type about producers' facts and craft villages, one module per noun."""
