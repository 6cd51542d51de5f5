"""Bind the process that opens a stranger's file, before it opens it.

Forbidden from then on: more memory, processor time, output or open files than said; core dumps; gaining rights;
outliving whoever started it. On Linux for x86-64 and ARM64 a seccomp filter also takes away sockets, other programs,
tracing and signals to others; elsewhere only Python's own audit hook does, which native libraries do not ask. Not
forbidden: reading files that the portal's account may read (the child has no environment, so it holds no secrets).
"""

import ctypes
import platform
import resource
import signal
import sys

MEGABYTE = 1024**2
OPEN_FILES = 64
DIE_WITH_PARENT, NO_NEW_RIGHTS, SET_SECCOMP, FILTER = 1, 38, 22, 2  # of prctl
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the filter
ALLOW, FORBID = 0x7FFF0000, 0x00050001  # FORBID answers EPERM
OTHER_NUMBERING = 0x40000000  # x32 calls, which would pass by the numbers below
# By machine: its mark, and the numbers of socket, connect, sendto, socketpair, execve, execveat, ptrace, kill,
# process_vm_writev and io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, (41, 42, 44, 53, 59, 322, 101, 62, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 206, 199, 221, 281, 117, 129, 271, 425)),
}
REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork")


class Step(ctypes.Structure):
    """One instruction of the filter."""

    _fields_ = [
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    ]


class Program(ctypes.Structure):
    """The filter as the kernel takes it."""

    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.POINTER(Step))]


def confine(*, memory, cpu, output):
    """Memory and output in megabytes, cpu in seconds. Returns whether the kernel has taken the network away."""
    for kind, value in (
        (resource.RLIMIT_AS, memory * MEGABYTE),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output * MEGABYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    sys.addaudithook(refuse)
    return sys.platform == "linux" and filtered()


def refuse(event, args):
    """Python's own calls to the network and to other programs end here."""
    if event.startswith(REFUSED_EVENTS):
        raise PermissionError(f"{event} is forbidden here")


def filtered():
    """Put the filter on; whether the kernel took it."""
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    kernel.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
    mark, calls = CALLS.get(platform.machine(), (None, ()))
    if mark is None:
        return False
    end = len(calls)
    steps = [
        Step(LOAD, 0, 0, 4),
        Step(EQUAL, 0, end + 3, mark),
        Step(LOAD, 0, 0, 0),
        Step(AT_LEAST, end + 1, 0, OTHER_NUMBERING),
        *(Step(EQUAL, end - place, 0, number) for place, number in enumerate(calls)),
        Step(RETURN, 0, 0, ALLOW),
        Step(RETURN, 0, 0, FORBID),
    ]
    program = Program(len(steps), (Step * len(steps))(*steps))
    return kernel.prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0
