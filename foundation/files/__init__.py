"""Files that people send: received in pieces, checked behind the page, released, shown, packed."""
