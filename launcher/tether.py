"""Becomes another program that ends with its parent: ``tether.py SIGNAL PARENT USER COMMAND…``.

It is a process of its own for a moment, because the child itself has to ask the kernel to tell it when its
parent dies, after it has changed its user. USER is a number, or "-" to stay who we are.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def become(signal_number, parent, user, command):
    """Change the user if asked, ask for the signal, turn into the command."""
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != int(parent):  # it died before we could ask
            sys.exit(1)
    try:
        os.execvp(command[0], command)
    except OSError as problem:
        sys.exit(f"{command[0]}: {problem}")


if __name__ == "__main__":
    become(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
