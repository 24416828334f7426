"""`translate memory`: what people have accepted, looked at, added to, exchanged and tidied."""

from __future__ import annotations

import typer

from translate.cli.console import add
from translate.cli.memory import files, looking, tidying

app = typer.Typer(
    no_args_is_help=True,
    help="Look at, add to, exchange and tidy the translation memory.",
    epilog="""[bold]Examples[/]

translate memory add outputs/notice/aligned.xlsx

translate memory search "加强职业技能培训。"

translate memory import office.tmx

translate memory export memory.tmx""",
)

add(app, "list", looking.list_entries, looking.LIST)
add(app, "search", looking.search, looking.SEARCH)
add(app, "info", looking.info, looking.INFO)
add(app, "add", files.add, files.ADD)
add(app, "import", files.import_entries, files.IMPORT)
add(app, "export", files.export, files.EXPORT)
add(app, "prune", tidying.prune, tidying.PRUNE)
