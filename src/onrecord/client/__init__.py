"""Client: the HTTP API of a workbench, asked from Python (docs/api-client.md)."""

from onrecord.client._client import Client
from onrecord.client._model import (
    Candidate,
    Entity,
    Hit,
    Judgement,
    ListVersion,
    Mention,
    Page,
    PageRead,
    Screened,
    Searched,
    Statement,
    Supplier,
)
from onrecord.client._transport import ApiProblem, Unreachable

__all__ = [
    "ApiProblem",
    "Candidate",
    "Client",
    "Entity",
    "Hit",
    "Judgement",
    "ListVersion",
    "Mention",
    "Page",
    "PageRead",
    "Screened",
    "Searched",
    "Statement",
    "Supplier",
    "Unreachable",
]
