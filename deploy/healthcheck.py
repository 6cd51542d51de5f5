"""``healthcheck.py ADDRESS SIGN`` succeeds when /healthz at ADDRESS says that SIGN is true."""

import json
import sys
import urllib.request


def alive(address, sign):
    """Ask the web server; its host check knows us as localhost."""
    request = urllib.request.Request(f"{address}/healthz", headers={"Host": "localhost"})
    with urllib.request.urlopen(request, timeout=4) as answer:
        return json.load(answer).get(sign) is True


if __name__ == "__main__":
    sys.exit(not alive(*sys.argv[1:3]))
