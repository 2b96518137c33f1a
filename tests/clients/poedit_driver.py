"""Poedit with nobody in front of it: a screen of its own, keys and clicks, and a look at the effect of each.

Nothing here sleeps and hopes. A step is over when its effect can be seen: a window's title, the text that the
translation box has selected, the bytes of the file. Every wait has an end and says what it waited for.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

PROGRAMS = ("poedit", "Xvfb", "openbox", "xdotool", "xclip", "xprop", "msgcat")
SIZE = (1280, 900)
# On the screen: inside the first row and the translation box of a maximised window with the settings below.
_FIRST_ROW, _BOX = (300, 123), (300, 800)
_PATIENCE = 60.0
_MODIFIED = "(modified)"

# No question at the first start, units in the order of the file, and everything in a place that is always the same.
_SETTINGS = """\
version=3.2.2
check_for_updates=0
default_editor=
splitter=430
sort_by=file-order
sort_untrans_first=0
sort_errors_first=0
show_warnings=1
translator_name={name}
translator_email={email}
[Parsers]
MigratedTo20=1
"""
# A face with Chinese characters, and nothing that moves by itself.
_GTK = "[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\ngtk-font-name=Noto Sans CJK SC 10\n"
_OPENBOX = """\
<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <applications><application type="normal"><maximized>yes</maximized></application></applications>
</openbox_config>
"""


class StuckError(AssertionError):
    """A program did not do in time what it was asked to."""


def until(look: Callable[[], T | None], what: str, *, seconds: float = _PATIENCE) -> T:
    """The first thing that ``look`` finds (neither ``None`` nor ``False``). Raises ``StuckError`` naming ``what``."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if time.monotonic() > end:
            raise StuckError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)


class Desktop:
    """A screen without a monitor and a window manager that maximises every main window."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment: dict[str, str] = {}
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Desktop:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _start(self) -> None:
        runtime = self.home / "run"
        runtime.mkdir(parents=True)
        runtime.chmod(0o700)
        # An environment of our own: nothing of the person who runs the tests is read or written.
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "LANG": "C.UTF-8",
            "NO_AT_BRIDGE": "1",
            "GSETTINGS_BACKEND": "memory",
            "GDK_BACKEND": "x11",
            # Poedit must not find the session bus of another desktop.
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }
        self._write(".config/gtk-3.0/settings.ini", _GTK)
        self._write(".config/openbox/rc.xml", _OPENBOX)
        reading, writing = os.pipe()
        try:
            screen = f"{SIZE[0]}x{SIZE[1]}x24"
            self.run(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
                pass_fds=(writing,),
            )
        finally:
            os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise StuckError("Xvfb found no display to open")
        self.environment["DISPLAY"] = f":{number}"
        self.run(["openbox", "--config-file", str(self.home / ".config/openbox/rc.xml")])
        # A window manager that is not there yet loses the first window's place and focus.
        until(lambda: self.ask("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").find("window id") >= 0, "openbox")

    def _write(self, name: str, text: str) -> None:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def settings(self, name: str = "", email: str = "") -> None:
        """Write Poedit's settings, as those of ``name``; of nobody, where it is empty."""
        self._write(".config/poedit/config", _SETTINGS.format(name=name, email=email))

    def run(self, command: list[str], *, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """Start a program that ends with the desktop."""
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=pass_fds,
        )
        self._processes.append(process)
        return process

    def ask(self, *command: str, given: str | None = None) -> str:
        """What a small program says; nothing where it fails or takes long."""
        try:
            done = subprocess.run(
                command,
                env=self.environment,
                input=given.encode() if given is not None else b"",
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=10,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ""
        return done.stdout.decode("utf-8", "replace")

    def close(self) -> None:
        """End what was started, the screen last."""
        for process in reversed(self._processes):
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    process.wait(10)
        self._processes.clear()


class Poedit:
    """One file open in Poedit, ready for keys, with the caret in the translation of ``first``.

    ``first`` is the translation of the file's first unit: when it can be selected in the box, Poedit is ready.
    """

    def __init__(self, desktop: Desktop, path: Path, first: str) -> None:
        self._desktop = desktop
        self._path = path
        self._process = desktop.run(["poedit", str(path)])
        self._window = until(self._find, f"Poedit's window with {path.name}")
        until(lambda: self._is_ready(first), f"the translation {first!r} in the box")
        self._key("ctrl+End")

    # ------------------------------------------------------------------------------------------ what a person does

    def text(self) -> str:
        """The translation of the current unit, which must have one. The caret stands at its end afterwards."""
        text = self._selected()
        self._key("ctrl+End")
        return text

    def go_to(self, text: str) -> None:
        """Step down to the next unit with the translation ``text``; each empty one on the way costs a long look."""
        for _step in range(40):
            self.next()
            if self._selected(seconds=20.0, default="") == text:
                self._key("ctrl+End")
                return
        raise StuckError(f"no unit below has the translation {text!r}")

    def next(self) -> None:
        """Step to the next unit."""
        self._key("ctrl+Down")

    def type(self, text: str) -> None:
        """Type ASCII ``text`` key by key at the caret."""
        self._focused()
        self._desktop.ask("xdotool", "type", "--clearmodifiers", "--delay", "30", text)

    def paste(self, text: str) -> None:
        """Put ``text`` in at the end of the translation and see it there; it may be in any script."""
        whole = self.text() + text
        self._paste(text)
        if not self._comes(whole):
            self.replace(whole)
        self._key("ctrl+End")

    def replace(self, text: str) -> None:
        """Put ``text`` in place of the whole translation and see it there."""

        def replaced() -> bool:
            self._key("ctrl+a")
            self._paste(text)
            return self._comes(text)

        # A program that is busy may lose a key or the answer of the clipboard; a person would paste once more.
        until(replaced, f"{text!r} in the translation box")
        self._key("ctrl+End")

    def expect(self, text: str) -> None:
        """Wait until the translation of the current unit is ``text``."""
        until(lambda: self._selected(seconds=5.0, default="") == text, f"{text!r} in the translation box")
        self._key("ctrl+End")

    def _comes(self, text: str) -> bool:
        """Whether the translation becomes ``text`` within some seconds."""
        try:
            return until(lambda: self._selected(seconds=5.0, default="") == text, text, seconds=10.0)
        except StuckError:
            return False

    def toggle_needs_work(self) -> None:
        """Press the button "Needs Work"."""
        self._key("ctrl+u")

    def comment(self, text: str) -> None:
        """Give the current unit, which has no comment, the comment ``text``."""
        self._key("ctrl+m")
        dialog = until(self._other_active, f"the comment's window; there are {self.titles()}")
        self._paste(text, dialog)
        until(lambda: self._selected(dialog, seconds=5.0, default="") == text, f"the comment {text!r} in its window")
        self._key("Tab", dialog)
        self._key("Return", dialog)
        until(lambda: self._active() == self._window, "the end of the comment's window")

    def save(self) -> None:
        """Save what was changed."""
        until(lambda: _MODIFIED in self._title(self._window), "a title that tells of changes")
        self._save()
        until(lambda: _MODIFIED not in self._title(self._window), f"the end of saving; there are {self.titles()}")

    def save_unchanged(self) -> None:
        """Press Ctrl+S though nothing was changed: Poedit writes the file all the same."""
        self._save()

    def _save(self) -> None:
        before = self._path.read_bytes()
        self._key("ctrl+s")
        until(lambda: self._path.read_bytes() != before, "a changed file")
        # An answer comes only when the key was worked on to the end: a window takes its keys in order.
        self.text()

    def quit(self) -> None:
        """Close the window and wait for the end of the program."""
        self._key("ctrl+q")
        until(lambda: self._process.poll() is not None, f"Poedit's end; there are {self.titles()}")

    def titles(self) -> list[str]:
        """The titles of all windows."""
        return [title for window in self._windows() if (title := self._title(window))]

    # ------------------------------------------------------------------------------------------------ windows, keys

    def _find(self) -> str | None:
        if self._process.poll() is not None:
            raise StuckError(f"Poedit ended with {self._process.returncode} before its window opened")
        named = (window for window in self._windows() if self._title(window).startswith(self._path.name))
        return next(named, None)

    def _windows(self) -> list[str]:
        return self._desktop.ask("xdotool", "search", "--onlyvisible", "--name", ".+").split()

    def _title(self, window: str) -> str:
        return self._desktop.ask("xdotool", "getwindowname", window).strip()

    def _active(self) -> str:
        return self._desktop.ask("xdotool", "getactivewindow").strip()

    def _other_active(self) -> str | None:
        active = self._active()
        return active if active and active != self._window else None

    def _focused(self, window: str = "") -> None:
        wanted = window or self._window
        until(lambda: self._active() == wanted, f"the keyboard in the right window; there are {self.titles()}")

    def _key(self, key: str, window: str = "") -> None:
        self._focused(window)
        self._desktop.ask("xdotool", "key", "--clearmodifiers", key)

    def _is_ready(self, first: str) -> bool:
        # A click that comes too early is lost, and the keys then go to the list of units: begin there each time.
        self._click(_FIRST_ROW)
        self._click(_BOX)
        return self._active() == self._window and self._selected(seconds=3.0, default="") == first

    def _click(self, place: tuple[int, int]) -> None:
        x, y = map(str, place)
        self._desktop.ask("xdotool", "mousemove", x, y, "click", "1")

    # --------------------------------------------------------------------------------------------- text in and out

    def _paste(self, text: str, window: str = "") -> None:
        self._offer("clipboard", text)
        self._key("ctrl+v", window)

    def _selected(self, window: str = "", *, seconds: float = _PATIENCE, default: str | None = None) -> str:
        """All text of the control that has the keyboard; ``default`` where nothing is there in time.

        What is selected is what X calls the primary selection, so the clipboard keeps what is still to be pasted.
        """
        nothing = "nothing is selected"
        self._offer("primary", nothing)
        self._key("ctrl+a", window)
        try:
            return until(
                lambda: text if (text := self._offered("primary")) not in (nothing, "") else None,
                "a text",
                seconds=seconds,
            )
        except StuckError:
            if default is None:
                raise
            return default

    def _offer(self, selection: str, text: str) -> None:
        # xclip stays behind to serve the text, so nobody may wait for the end of its output.
        self._desktop.ask("sh", "-c", f"exec xclip -selection {selection} -in >/dev/null 2>&1", given=text)
        until(lambda: self._offered(selection) == text, f"the {selection} selection")

    def _offered(self, selection: str) -> str:
        return self._desktop.ask("xclip", "-selection", selection, "-out")
