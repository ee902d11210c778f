"""What no seal holds, but what can be told from that which one holds: sentences, renderings, moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select, union

from onrecord.ledger._dates import last_day
from onrecord.ledger._errors import BadDate
from onrecord.ledger._ids import has_fingerprint
from onrecord.ledger._kept import Kept, sentence_of
from onrecord.ledger._records import Fault
from onrecord.ledger._schema import BlockRow, CopyRow, PageRow, ReadingRow, RenderingRow, RunRow


def other_words(kept: Kept, digest: str) -> Iterator[Fault]:
    """Sentences that are not what stands on the page where the reading has them."""
    original = kept.rendering["original"]
    for said, _ in kept.statements:
        quote, around = (said["start"], said["end"]), (said["sentence_start"], said["sentence_end"])
        if said["sentence"] != sentence_of(original, quote, around):
            yield Fault("statement", said["public_id"], "is shown in a sentence that is not its page's")
    if any(sentence != original[start:end] for _, start, end, sentence, _ in kept.unread):
        yield Fault("reading", digest, "has an unread sentence that is not its page's")


def other_renderings(
    connection: Connection, first: Sequence[Kept], digests: dict[int, str]
) -> Iterator[Fault]:
    """Of readings, each the first of its rendering, those whose rendering is not as when it was made: by its
    fingerprint, and by the last day of the period in which it was published."""
    wanted = [kept.rendering["id"] for kept in first]
    blocks: defaultdict[int, list[tuple[object, ...]]] = defaultdict(list)
    runs: defaultdict[int, list[tuple[object, ...]]] = defaultdict(list)
    paragraphs = select(BlockRow).where(BlockRow.rendering_id.in_(wanted))
    for block in connection.execute(paragraphs.order_by(BlockRow.rendering_id, BlockRow.position)):
        blocks[block.rendering_id].append((block.start, block.end, block.kind))
    stretches = select(RunRow).where(RunRow.rendering_id.in_(wanted))
    for run in connection.execute(stretches.order_by(RunRow.rendering_id, RunRow.position)):
        runs[run.rendering_id].append((run.start, run.end, run.kept, run.reason))
    for kept in first:
        row = kept.rendering
        same = has_fingerprint(row, blocks[row["id"]], runs[row["id"]])
        if not same or row["published_until"] != _until(row["published_value"]):
            yield Fault("page", digests[kept.id], "is not as it was when its text was made")


def _until(published: str | None) -> str | None:
    """The last day of the period in which a page was published, as it should be kept."""
    try:
        return None if published is None else last_day(published)
    except BadDate:
        return f"after {published}"


def other_moments(connection: Connection) -> Iterator[Fault]:
    """Pages, with renderings and what is noted of copies, that were not taken in with their first reading."""
    first_of_page, first_of_rendering = (
        ReadingRow.id.in_(select(func.min(ReadingRow.id)).group_by(of))
        for of in (ReadingRow.page_id, ReadingRow.rendering_id)
    )
    rendered = select(PageRow.digest).join(RenderingRow, RenderingRow.page_id == PageRow.id)
    wrong = union(
        select(PageRow.digest)
        .join(ReadingRow, ReadingRow.page_id == PageRow.id)
        .where(first_of_page, PageRow.learned_at != ReadingRow.learned_at),
        rendered.join(ReadingRow, ReadingRow.rendering_id == RenderingRow.id).where(
            first_of_rendering, RenderingRow.learned_at != ReadingRow.learned_at
        ),
        rendered.join(CopyRow, CopyRow.rendering_id == RenderingRow.id).where(
            CopyRow.learned_at != RenderingRow.learned_at
        ),
    )
    for digest in sorted(connection.scalars(wrong)):
        yield Fault("page", digest, "was taken in at another time than its first reading")
