"""`translate glossary`: check, search, show, import, export and propose terms."""

from __future__ import annotations

import typer

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

app.command("find", epilog=looking.FIND)(looking.find)
app.command("show", epilog=looking.SHOW)(looking.show)
app.command("lint", epilog=looking.LINT)(looking.lint)
app.command("import", epilog=files.IMPORT)(files.import_terms)
app.command("export", epilog=files.EXPORT)(files.export)
app.command("extract", epilog=files.EXTRACT)(files.extract)
app.command("mine", epilog=mining.MINE)(mining.mine)
