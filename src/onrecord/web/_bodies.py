"""What the bodies of several operations of the API have in common: why, and what whoever acts had seen."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Reasoned(BaseModel):
    """Something that is done for a reason."""

    model_config = ConfigDict(extra="forbid", strict=True)

    why: str = Field("", max_length=4000, description="Why, in a sentence.")


class HavingSeen(Reasoned):
    """The same, not to be done over what came since."""

    seen: int | None = Field(
        None,
        ge=0,
        le=2**31,
        description="The number of the last judgement that you saw of the same, of several statements of "
        "any; null for none. Where one came since, you get it, and nothing is done (409).",
    )
