"""A tree over the leaves of a list that only grows (RFC 6962): one root for all, a short proof for each. No Django."""

import hashlib


def leaf(content):
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + content).digest()


def node(left, right):
    """The hash over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree to which leaves are added one by one; its root at any moment."""

    def __init__(self):
        self.peaks = []  # whole subtrees from left to right: how high, and their root

    def add(self, leaf_hash):
        """One more leaf."""
        self.peaks.append((0, leaf_hash))
        while len(self.peaks) > 1 and self.peaks[-1][0] == self.peaks[-2][0]:
            (_, right), (height, left) = self.peaks.pop(), self.peaks.pop()
            self.peaks.append((height + 1, node(left, right)))

    def root(self):
        """The one hash that stands for all leaves so far; of none the hash of nothing."""
        if not self.peaks:
            return hashlib.sha256().digest()
        *rest, (_, found) = self.peaks
        for _, peak in reversed(rest):
            found = node(peak, found)
        return found


def levels(leaves):
    """The leaves, the row of nodes above them, and so on up to the root; one without a neighbour goes up as it is."""
    row = list(leaves)
    yield row
    while len(row) > 1:
        pairs = [node(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
        yield row


def root(leaves):
    """The one hash that stands for all these."""
    tree = Growing()
    for each in leaves:
        tree.add(each)
    return tree.root()


def path(leaves, index):
    """The neighbours on the way from a leaf to the root."""
    found = []
    for row in levels(leaves):
        if (index ^ 1) < len(row):
            found.append(row[index ^ 1])
        index >>= 1
    return found


def climbs_to(leaf_hash, index, size, neighbours):
    """The root to which these neighbours lead from a leaf among ``size``; None when they fit no such tree."""
    if not 0 <= index < size:
        return None
    last, found = size - 1, leaf_hash
    for neighbour in neighbours:
        if last == 0:
            return None
        if index & 1 or index == last:
            found = node(neighbour, found)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = node(found, neighbour)
        index, last = index >> 1, last >> 1
    return found if last == 0 else None
