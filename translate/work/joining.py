"""Joining a cluster: its address, the certificates and whether anybody answers are looked at before there is a client.

A Dask client that cannot connect may end in a traceback of its own, seconds later, or wait for ever.
"""

from __future__ import annotations

import asyncio
import ssl
from importlib import import_module
from pathlib import Path
from typing import Any

from translate.errors import PolicyTranslateError, Problem

CONNECT_PATIENCE = 5.0  # seconds for a scheduler to answer
VARIABLE = "DASK_DISTRIBUTED__COMM__TLS__"
CERTIFICATES = {  # what a caller needs for tls://, by Dask's name for it within this program
    "tls_ca_file": f"{VARIABLE}CA_FILE",
    "tls_client_cert": f"{VARIABLE}CLIENT__CERT",
    "tls_client_key": f"{VARIABLE}CLIENT__KEY",
}


def join(address: str) -> Any:
    """A client of the scheduler at `address`, as tcp://host:8786 or tls://host:8786.

    Raises PolicyTranslateError within seconds if there is no scheduler, or the certificates do not fit.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        remedy = "pip install 'policy-translate[cluster]'"
        raise PolicyTranslateError(Problem("--scheduler needs dask[distributed]", remedy=remedy)) from error
    try:
        security = distributed.Security()
        _check(address, security)
        _greet(address, security.get_connection_args("client"))
        return distributed.Client(address, timeout=CONNECT_PATIENCE, security=security, set_as_default=False)
    except PolicyTranslateError:
        raise
    except Exception as error:  # connections fail in many ways
        raise PolicyTranslateError(_in_words(address, error)) from error


def _check(address: str, security: Any) -> None:
    """Raise if it is no address, or if the settings of Dask do not fit it or name files that are not there."""
    comm: Any = import_module("distributed.comm")
    try:
        comm.get_address_host_port(address)
    except ValueError as error:
        remedy = "tcp://HOST:8786"
        raise PolicyTranslateError(
            Problem(f"not the address of a scheduler: {error}", address, remedy=remedy)
        ) from error
    if not address.startswith("tls://"):
        if security.require_encryption:
            remedy = "give its tls:// address"
            raise PolicyTranslateError(
                Problem("Dask's setting distributed.comm.require-encryption forbids it", address, remedy=remedy)
            )
        return
    given = {variable: getattr(security, name) for name, variable in CERTIFICATES.items()}
    if missing := [variable for variable, value in given.items() if not value]:
        remedy = f"set {', '.join(missing)} to its file, or distributed.comm.tls in Dask's settings"
        raise PolicyTranslateError(Problem("needs certificates, and Dask's settings name none", address, remedy=remedy))
    PolicyTranslateError.raise_if(
        [
            Problem("no such file", value, remedy=f"{variable} names it")
            for variable, value in given.items()
            if "\n" not in value and not Path(value).is_file()  # Dask takes the content itself, too
        ]
    )


def _greet(address: str, arguments: dict[str, Any]) -> None:
    """Connect, as the client will, and hang up."""
    comm: Any = import_module("distributed.comm")
    utils: Any = import_module("distributed.utils")

    async def greet() -> None:
        connecting = comm.connect(address, timeout=CONNECT_PATIENCE, **arguments)
        reached = await asyncio.wait_for(connecting, CONNECT_PATIENCE + 1)  # Dask's own ends when a port is open
        await reached.close()

    utils.LoopRunner().run_sync(greet)


def _in_words(address: str, error: BaseException) -> Problem:
    reasons = [error]
    while reasons[-1].__cause__ is not None:
        reasons.append(reasons[-1].__cause__)
    if wrong := [reason for reason in reasons if isinstance(reason, ssl.SSLError)]:
        remedy = f"both sides need certificates of one authority: {', '.join(CERTIFICATES.values())}"
        return Problem(f"no encrypted connection: {wrong[-1].reason or wrong[-1]}", address, remedy=remedy)
    remedy = "start one with `dask scheduler`; is it tcp:// or tls://? Or leave --scheduler out"
    return Problem(f"no scheduler answers at {address} within {CONNECT_PATIENCE:g} seconds", remedy=remedy)
