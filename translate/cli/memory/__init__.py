"""`translate memory`: what people have accepted, looked at, added to, exchanged and tidied."""

from __future__ import annotations

import typer

from translate.cli.console import help_of
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

app.command("list", help=help_of(looking.list_entries), epilog=looking.LIST)(looking.list_entries)
app.command("search", help=help_of(looking.search), epilog=looking.SEARCH)(looking.search)
app.command("info", help=help_of(looking.info), epilog=looking.INFO)(looking.info)
app.command("add", help=help_of(files.add), epilog=files.ADD)(files.add)
app.command("import", help=help_of(files.import_entries), epilog=files.IMPORT)(files.import_entries)
app.command("export", help=help_of(files.export), epilog=files.EXPORT)(files.export)
app.command("prune", help=help_of(tidying.prune), epilog=tidying.PRUNE)(tidying.prune)
