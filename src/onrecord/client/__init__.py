"""Client: the HTTP API of a workbench, asked from Python (docs/api-client.md)."""

from onrecord.client._client import Client
from onrecord.client._model import (
    Candidate,
    Entity,
    Hit,
    Job,
    Judgement,
    ListVersion,
    Mention,
    Page,
    PageRead,
    Queued,
    Screened,
    Searched,
    Statement,
    Supplier,
    Thing,
    Things,
    Watched,
)
from onrecord.client._transport import ApiProblem, Unreachable

__all__ = [
    "ApiProblem",
    "Candidate",
    "Client",
    "Entity",
    "Hit",
    "Job",
    "Judgement",
    "ListVersion",
    "Mention",
    "Page",
    "PageRead",
    "Queued",
    "Screened",
    "Searched",
    "Statement",
    "Supplier",
    "Thing",
    "Things",
    "Unreachable",
    "Watched",
]
