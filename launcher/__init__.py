"""Sets the whole portal up on one machine and runs it: standard library only, nothing of Django.

``commands`` holds what a person types; ``stack`` starts a whole portal, for ``run`` and for tests alike.
"""
