"""`translate glossary`: check, search, show, import, export and propose terms."""

from __future__ import annotations

import typer

from translate.cli.console import add
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

add(app, "find", looking.find, looking.FIND)
add(app, "show", looking.show, looking.SHOW)
add(app, "lint", looking.lint, looking.LINT)
add(app, "import", files.import_terms, files.IMPORT)
add(app, "export", files.export, files.EXPORT)
add(app, "extract", files.extract, files.EXTRACT)
add(app, "mine", mining.mine, mining.MINE)
