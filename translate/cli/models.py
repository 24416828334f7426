"""`translate models`: what is on this machine, and fetching and removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import console
from translate.errors import ModelError, Problem

if TYPE_CHECKING:
    from translate.models import Model

app = typer.Typer(
    no_args_is_help=True,
    help="List, fetch and remove translation models.",
    epilog="[bold]Examples[/]\n\ntranslate models list\n\ntranslate models pull Helsinki-NLP/opus-mt-zh-en",
)


@app.command("list")
def list_models(as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Show every model on this machine, with size, licence and hash."""
    from translate.models import local_models

    models = list(local_models())
    if as_json:
        console.print_json([_described(model) for model in models])
        return
    from rich.text import Text

    table = console.table_of("name", "size", "licence", "sha256", "where", whole=("size", "sha256"))
    for model in models:
        cells = (model.name, _megabytes(model.size), model.licence, model.sha256[:16], str(model.path))
        table.add_row(*map(Text, cells))
    console.output().print(table)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="auto, builtin, a hub id, or a folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show one model: where it is, its shape, licence and hash."""
    from translate.models import resolve_model

    details = _described(resolve_model(name))
    if as_json:
        console.print_json(details)
        return
    shape = ", ".join(f"{key} {value}" for key, value in details["shape"].items())
    for key, value in {**details, "size": _megabytes(details["size"]), "shape": shape}.items():
        typer.echo(f"{key:<10} {value}")


@app.command()
def pull(name: Annotated[str, typer.Argument(help="A hub id, such as owner/name.")]) -> None:
    """Fetch a model from the Hugging Face hub; an interrupted download goes on where it stopped."""
    from translate.models import resolve_model

    model = resolve_model(name, announce=lambda message: typer.echo(message, err=True))
    typer.echo(f"{model.name} is in {model.path}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="A name from the list.")]) -> None:
    """Delete a fetched model and its conversions."""
    from translate.models import local_models, remove_model

    models = {model.name: model for model in local_models()}
    if name not in models:
        raise ModelError(Problem(f"no model {name!r} on this machine", remedy=f"one of {', '.join(models)}"))
    typer.echo(f"{_megabytes(remove_model(models[name]))} freed")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _described(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "origin": model.origin,
        "path": str(model.path),
        "size": model.size,
        "licence": model.licence,
        "sha256": model.sha256,
        "shape": {
            key: model.config.get(key)
            for key in ("d_model", "encoder_layers", "decoder_layers", "encoder_ffn_dim", "vocab_size")
        },
    }
