"""Models of the Hugging Face hub: brought by hand, in the hub's cache, or fetched."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import ModelError, Problem
from translate.models.files import OPTIONAL_FILES, REQUIRED_FILES, WEIGHT_FILES, Model, inspect_model, missing_files

if TYPE_CHECKING:
    from collections.abc import Callable

NETWORK_PATIENCE = 4.0  # seconds before a hub that does not answer counts as out of reach


def models_directory() -> Path:
    """The user's own models: <here>/owner--name/ is found under the hub id owner/name."""
    from platformdirs import user_data_path

    return user_data_path("policy-translate", appauthor=False) / "models"


def from_hub(repository: str, announce: Callable[[str], None]) -> Model:
    """The model of a hub id: brought by hand, in the cache, or fetched; ModelError says why it cannot be had."""
    by_hand = models_directory() / repository.replace("/", "--")
    if by_hand.is_dir() and not missing_files(by_hand):
        return inspect_model(by_hand, name=repository, origin="directory")
    cached = dict(hub_cache()).get(repository)
    if cached is not None and not missing_files(cached):
        return inspect_model(cached, name=repository, origin="hub")
    reason = _why_unreachable(repository)
    if reason:
        raise ModelError(Problem(reason, remedy=_by_hand_remedy(repository, by_hand)))
    announce(f"fetching {repository}")
    return inspect_model(_download(repository, by_hand), name=repository, origin="hub")


def _why_unreachable(repository: str) -> str:
    """Why `repository` cannot be fetched now, within NETWORK_PATIENCE seconds; empty if it can."""
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import RepositoryNotFoundError

    if constants.HF_HUB_OFFLINE or os.environ.get("TRANSFORMERS_OFFLINE", "").upper() in ("1", "TRUE", "YES", "ON"):
        return f"{repository} is not on this machine and the hub is switched off (HF_HUB_OFFLINE)"
    outcome = [f"{repository} is not on this machine and the hub did not answer within {NETWORK_PATIENCE:g} seconds"]

    def ask() -> None:
        try:
            HfApi().model_info(repository, timeout=NETWORK_PATIENCE)
            outcome[0] = ""
        except RepositoryNotFoundError:
            outcome[0] = f"the hub has no public model {repository}"
        except Exception as error:  # whatever the network stack raises means the same here: out of reach
            outcome[0] = f"{repository} is not on this machine and the hub is out of reach ({type(error).__name__})"

    thread = threading.Thread(target=ask, daemon=True)  # name look-ups can hang past any timeout of the client
    thread.start()
    thread.join(NETWORK_PATIENCE + 0.5)
    return outcome[0]


def _download(repository: str, by_hand: Path) -> Path:
    """Fetch the files of one model into the hub's own cache; an interrupted download goes on where it stopped."""
    from huggingface_hub import HfApi, snapshot_download

    try:
        names = {file.rfilename for file in HfApi().model_info(repository).siblings or ()}
        weights = next((name for name in WEIGHT_FILES if name in names), WEIGHT_FILES[-1])
        wanted = [*REQUIRED_FILES, *OPTIONAL_FILES, weights]
        return Path(snapshot_download(repository, allow_patterns=wanted))
    except Exception as error:  # the client's errors have many roots; each means that the fetch failed
        what = f"fetching {repository} failed: {str(error).splitlines()[0]}"
        raise ModelError(
            Problem(what, remedy=f"run again to resume, or {_by_hand_remedy(repository, by_hand)}")
        ) from error


def _by_hand_remedy(repository: str, by_hand: Path) -> str:
    needed = ", ".join((*REQUIRED_FILES, " or ".join(WEIGHT_FILES)))
    return (
        f"on a machine with a network, download {needed} and, if present, tokenizer_config.json from the page of "
        f"{repository} on the Hugging Face hub, and put them into {by_hand}; or use --model builtin"
    )


def hub_cache() -> list[tuple[str, Path]]:
    """(repository, newest snapshot) of each model in the hub's cache on this machine."""
    from huggingface_hub import constants

    found = []
    for directory in sorted(Path(constants.HF_HUB_CACHE).glob("models--*--*")):
        snapshots = sorted((directory / "snapshots").glob("*"), key=lambda path: path.stat().st_mtime)
        if snapshots:
            found.append((directory.name.removeprefix("models--").replace("--", "/", 1), snapshots[-1]))
    return found
