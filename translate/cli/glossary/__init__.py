"""`translate glossary`: check, search, show, import, export and propose terms."""

from __future__ import annotations

import typer

from translate.cli.console import help_of
from translate.cli.glossary import files, looking, mining

app = typer.Typer(
    no_args_is_help=True,
    help="Check, search, show, import and export terms, and find candidates for new ones.",
    epilog="""[bold]Examples[/]

translate glossary find "实施“技能中国”行动"

translate glossary lint our-terms.tsv --corpus notice.docx

translate glossary import their-terms.xlsx

translate glossary export terms.tbx""",
)

app.command("find", help=help_of(looking.find), epilog=looking.FIND)(looking.find)
app.command("show", help=help_of(looking.show), epilog=looking.SHOW)(looking.show)
app.command("lint", help=help_of(looking.lint), epilog=looking.LINT)(looking.lint)
app.command("import", help=help_of(files.import_terms), epilog=files.IMPORT)(files.import_terms)
app.command("export", help=help_of(files.export), epilog=files.EXPORT)(files.export)
app.command("extract", help=help_of(files.extract), epilog=files.EXTRACT)(files.extract)
app.command("mine", help=help_of(mining.mine), epilog=mining.MINE)(mining.mine)
