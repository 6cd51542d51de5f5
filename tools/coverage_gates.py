"""The coverage gates: 100 % where a fault would cost a star, 90 % of everything. Run after the whole test suite."""

import subprocess
import sys

FULL = ["*/actions.py", "*/actions/*", "*/permissions.py", "*/scoring.py", "*/spread.py", "*/progress.py",
        "*/counting.py", "foundation/regimes/*"]  # fmt: skip
GATES = {
    "100 % of deeds, rights, scores and figures": ["--include", ",".join(FULL), "--fail-under=100"],
    "90 % of everything": ["--fail-under=90"],
}


def main():
    """Say how each gate stands; the exit code is 0 when both hold."""
    failed = 0
    for name, arguments in GATES.items():
        done = subprocess.run(
            [sys.executable, "-m", "coverage", "report", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = done.stdout.strip().splitlines()
        verdict = "FAILS" if done.returncode else "holds"
        print(f"Coverage gate, {name}: {verdict} ({lines[-1] if lines else done.stderr})")
        if done.returncode:
            print(done.stdout)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
