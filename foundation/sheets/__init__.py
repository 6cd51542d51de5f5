"""Workbooks that people send: judged before they are unpacked, read in a process of their own."""
