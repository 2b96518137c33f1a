"""``compiler-flow serve``: the review page of a number."""

from __future__ import annotations

import contextlib

import click

from compiler_flow.cli import options, output
from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _


@click.command(help=_("Show ISSUE in the browser: see, judge, fix and sign it, over the same files that Poedit edits."))
@click.argument("issue", default="")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=_("Where to listen. Others than this machine need the token."),
)
@click.option(
    "--port", default=8422, show_default=True, type=click.IntRange(0, 65535), help=_("The port, 0 for any free one.")
)
@click.option("--token", default="", envvar="COMPILER_FLOW_TOKEN", help=_("What visitors must show; made if needed."))
@click.option("--read-only", is_flag=True, help=_("For guests: everything can be seen, nothing changed."))
@click.option("--open/--no-open", "open_", default=True, help=_("Open the page in the browser."))
def command(issue: str, host: str, port: int, token: str, read_only: bool, open_: bool) -> None:
    """Serve the review page until interrupted."""
    workspace = options.workspace()
    folder = options.issue_folder(workspace, issue)
    try:
        from compiler_flow.web import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("compiler_flow"):
            raise
        raise UsageError(
            _("The review page needs a package that is not installed: {name}.").format(name=error.name),
            hint=_("Install it with: pip install 'compiler-flow[web]'"),
        ) from error
    from compiler_flow.flow.desk import Desk

    place = server.bind(host, port, token=token, read_only=read_only)
    desk = Desk(workspace, folder)

    def ready() -> None:
        output.say(_("The page of {issue}: {address}").format(issue=desk.folder.name, address=place.address))
        output.note(_("Stop it with Ctrl+C."))
        if open_:
            import threading
            import webbrowser

            # A browser in the console (w3m, lynx) comes back when it is left: the server must not wait for it.
            threading.Thread(target=webbrowser.open, args=(place.address,), daemon=True).start()

    # The way to end it, no failure; where the shell has its jobs ignore the key, nothing is raised.
    with contextlib.suppress(KeyboardInterrupt):
        server.run(desk, place, ready=ready)
    output.note(_("Stopped."))
