"""The address of a memory on a server in messages: everything but the password."""

from __future__ import annotations

from urllib.parse import unquote

from compiler_flow.errors import FileError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import lazy_pattern


def told(error: Exception, url: str) -> FileError:
    """What psycopg says of the server at ``url``, in one line and without the password."""
    import psycopg

    reason = next(iter(str(error).splitlines()), "").strip().rstrip(".")
    for secret in _secrets(url):
        reason = reason.replace(secret, "***")
    if isinstance(error, psycopg.OperationalError):
        return FileError(
            _("The team's memory cannot be reached: {reason}.").format(reason=reason),
            path=shown(url),
            hint=_("Is the server there, and are address and password right? See [memory] in compiler-flow.toml."),
        )
    return FileError(_("The team's memory cannot be used: {reason}.").format(reason=reason), path=shown(url))


_USER = lazy_pattern(r"(?<=://)([^/@?#]*?):([^/?#]*)@")
_PARAMETER = lazy_pattern(r"(?<=[?&])(password|sslpassword|passfile)=([^&]*)")


def shown(url: str) -> str:
    """``url`` without its password."""
    return _PARAMETER.sub(r"\1=***", _USER.sub(r"\1:***@", url))


def _secrets(url: str) -> list[str]:
    found = [match[2] for pattern in (_USER, _PARAMETER) for match in pattern.finditer(url)]
    return [secret for text in found for secret in (text, unquote(text)) if secret]
