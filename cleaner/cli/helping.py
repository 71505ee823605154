"""How `--help` looks: options under the headings that they belong to, in plain text.

Typer groups options only when it draws boxes with rich, which costs time and cannot be read by a
program; here the same headings stand in plain help.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

_OTHER = "Options"


class Command(TyperCommand):
    """A command whose options are grouped by `rich_help_panel`."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then each group of options."""
        arguments: list[tuple[str, str]] = []
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is None:
                continue
            if param.param_type_name == "argument":
                arguments.append((str(getattr(param, "metavar", None) or record[0]), record[1]))
            else:
                panel = getattr(param, "rich_help_panel", None) or _OTHER
                groups.setdefault(panel, []).append(record)
        other = groups.pop(_OTHER, [])
        for title, rows in [("Arguments", arguments), *groups.items(), (_OTHER, other)]:
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
