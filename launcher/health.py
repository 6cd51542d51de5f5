"""What a running portal says about itself."""

import http.client
import json


def health(port):
    """The answer of /healthz on this port of the machine, or an empty dictionary while there is none."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        answer = json.loads(line.getresponse().read())
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    finally:
        line.close()
    return answer if isinstance(answer, dict) else {}
