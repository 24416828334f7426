"""The recipe of the built-in model, one command a stage; each goes on after a kill and is not done twice.

    python recipes/builtin-model/build.py STAGE [--work FOLDER] [--from MODEL] [--threads N] [--minutes M] [--smoke]

STAGE: data, vocabulary, initialise, train, average, evaluate, package, or all. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from stages.bench import ORDER, Bench, RecipeError, load_recipe, perform  # noqa: E402

from translate.errors import PolicyTranslateError  # noqa: E402

RESUMING = ("train", "evaluate")  # stages that find what a killed attempt left


def main() -> int:
    """Do the stage that the command line names; the exit code."""
    arguments = _arguments()
    recipe = load_recipe(arguments.smoke)
    if arguments.minutes:
        recipe["training"]["minutes"] = arguments.minutes
    bench = Bench(
        arguments.work,
        recipe,
        arguments.start,
        arguments.threads,
        lambda text: print(text, flush=True),
    )
    try:
        for stage in ORDER if arguments.stage == "all" else (arguments.stage,):
            perform(bench, stage, import_module(f"stages.{stage}").run, resumes=stage in RESUMING)
    except (RecipeError, PolicyTranslateError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on", file=sys.stderr)
        return 130
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=[*ORDER, "all"])
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "builtin", help="where the stages' results go")
    parser.add_argument(
        "--from", dest="start", type=Path, help="a MarianMT folder to go on from; without it, training begins anew"
    )
    parser.add_argument("--threads", type=int, default=0, help="processors; 0 is all")
    parser.add_argument("--minutes", type=float, help="of training, instead of the recipe's")
    parser.add_argument("--smoke", action="store_true", help="the whole way with a tiny model, to no use")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
