"""The command line: one file a command, imported when it is called, errors caught in one place.

Exit codes: 0 clean, 1 findings or a closed gate, 2 could not run.
"""

from __future__ import annotations

import sys

import click

from compiler_flow import __version__
from compiler_flow.cli.lazy import COMMANDS, LazyGroup
from compiler_flow.errors import CompilerFlowError
from compiler_flow.i18n import gettext as _


@click.group(
    cls=LazyGroup,
    commands_table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Bilingual compilation (编译): foreign articles in, a checked Chinese bulletin number out."),
)
@click.version_option(__version__, "-V", "--version", prog_name="compiler-flow")
def cli() -> None:
    """The group of all commands."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command line with ``arguments`` (the process's own by default) and exit."""
    from compiler_flow.cli import output

    output.prepare_streams()
    sys.exit(invoke(arguments))


def invoke(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; what a user did never shows a traceback."""
    from compiler_flow.cli import output

    try:
        code = cli.main(arguments, prog_name="compiler-flow", standalone_mode=False)
    except CompilerFlowError as error:
        output.fail(str(error))
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        output.fail(_("Stopped."))
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:
        # The reader (head, less) has had enough; point stdout elsewhere so that the interpreter's flush stays quiet.
        output.close_pipe()
        return 0
    except OSError as error:
        if error.filename:
            told = _("{path}: The file cannot be read or written: {reason}.")
            output.fail(told.format(path=error.filename, reason=error.strerror or error))
            return 2
        # Rooms map what their files do; what is left is the output itself: a full disk, a closed terminal.
        output.fail(_("The output cannot be written: {reason}.").format(reason=error.strerror or error))
        output.close_pipe()
        return 2
    except KeyboardInterrupt:
        output.fail(_("Stopped."))
        return 130
    return code if isinstance(code, int) else 0
