"""Starts again what stops, with growing pauses, and gives up when it keeps stopping."""

import time
from dataclasses import dataclass, field

from launcher.report import Failure, say


@dataclass
class Supervisor:
    """Watches programs. Call ``look`` about twice a second."""

    programs: list
    quick: float = 30.0  # seconds; a program that lived shorter failed quickly
    limit: int = 5  # so many quick failures in a row, and all is over
    pause: float = 0.5  # seconds before the first new start; doubles each time
    failures: dict = field(default_factory=dict, init=False)
    due: dict = field(default_factory=dict, init=False)  # name: when it is to be started again

    def look(self):
        """Notice what has stopped, start what is due. Raises Failure when a program keeps stopping."""
        for program in self.programs:
            if not program.running:
                self._revive(program)

    def _revive(self, program):
        now = time.monotonic()
        if program.name not in self.due:
            self.due[program.name] = now + self._note(program, now)
        elif now >= self.due[program.name]:
            del self.due[program.name]
            program.start()
            say(f"{program.title}: đã khởi động lại")

    def _note(self, program, now):
        """Count the failure, say it; the pause in seconds before the next start."""
        lived_briefly = now - program.started < self.quick
        count = self.failures.get(program.name, 0) + 1 if lived_briefly else 1
        self.failures[program.name] = count
        if count >= self.limit:
            raise Failure(
                f"{program.title} dừng {count} lần liên tiếp. Những dòng cuối của nhật ký:\n{program.tail()}",
                f"Xem {program.log}, sửa nguyên nhân rồi chạy lại.",
            )
        pause = self.pause * 2 ** (count - 1)
        say(f"{program.title} đã dừng (mã {program.process.returncode}), sẽ khởi động lại sau {pause:g} giây")
        return pause
