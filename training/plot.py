"""A calibration plot as a small SVG: what was told against what was right, one dot a tenth of the scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from xml.sax.saxutils import escape

SIZE, LEFT, TOP = 320, 56, 24
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def calibration_plot(rows: Sequence[dict[str, float]], title: str) -> str:
    """SVG text. `rows` hold `told` (mean confidence), `right` (share that is right) and `statements` (how
    many); a dot's area goes by how many it stands for."""

    def x(value: float) -> float:
        return round(LEFT + value * SIZE, 1)

    def y(value: float) -> float:
        return round(TOP + (1 - value) * SIZE, 1)

    most = max((row["statements"] for row in rows), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIZE + 24} {TOP + SIZE + 48}" '
        'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="white"/><path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" '
        'stroke="#999" stroke-dasharray="4 4" fill="none"/>',
    ]
    for tick in _TICKS:
        parts.append(f'<path d="M{x(tick)} {y(0)}v5M{x(0)} {y(tick)}h-5" stroke="#333"/>')
        parts.append(f'<text x="{x(tick)}" y="{y(0) + 18}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{x(0) - 9}" y="{y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
    parts.append(f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" stroke="#333" fill="none"/>')
    for row in rows:
        radius = round(3 + 9 * sqrt(row["statements"] / most), 1)
        told, right = row["told"], row["right"]
        words = f"confidence {told:.2f}: {right:.0%} right, {row['statements']:.0f} statements"
        parts.append(
            f'<circle cx="{x(told)}" cy="{y(right)}" r="{radius}" fill="#1f6f8b" fill-opacity="0.75">'
            f"<title>{words}</title></circle>"
        )
    parts.append(f'<text x="{x(0.5)}" y="{y(0) + 38}" text-anchor="middle">confidence told</text>')
    parts.append(
        f'<text transform="translate(14 {y(0.5)}) rotate(-90)" text-anchor="middle">share right</text>'
    )
    return "\n".join([*parts, "</svg>", ""])
