"""What people send is judged here, in a process of its own that can neither grow, nor run on, nor reach the network.

``opening.inspected`` is the door; ``child`` runs behind it, confined by ``limits``. Nothing here knows Django.
"""
