#!/usr/bin/env python3
"""The two commands of the README.

python3 portal.py run     dựng và chạy toàn bộ cổng trên máy này
python3 portal.py test    dựng và chạy toàn bộ kiểm thử, kể cả kiểm thử bằng trình duyệt
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - says so on an older Python, before anything it cannot read
    found = sys.version.split()[0]
    sys.exit(
        "LỖI: cần Python 3.11 trở lên, máy đang chạy " + found + ".\n  → Cài Python 3.11, 3.12 hoặc 3.13."
    )

from launcher.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
