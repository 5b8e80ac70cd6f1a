"""The table that the benchmark prints."""

from dataclasses import dataclass


@dataclass
class Row:
    """Two figures of one run and their ratio, or one figure, and how far it was to reach."""

    what: str
    first: float
    second: float | None
    reach: float | None
    sense: str = "at least"
    unit: str = "s"

    @property
    def value(self):
        return self.first if self.second is None else self.first / self.second

    @property
    def verdict(self):
        if self.reach is None:
            return ""
        good = self.value >= self.reach if self.sense == "at least" else self.value <= self.reach
        return "reached" if good else "missed"

    def line(self):
        if self.second is None:
            figures, value = "", f"{number(self.first)} {self.unit}".strip()
        else:
            figures = f"{number(self.first)}{self.unit_text} : {number(self.second)}{self.unit_text}"
            value = f"{number(self.value)} ×"
        reach = "–" if self.reach is None else f"{self.sense} {number(self.reach)}"
        return f"| {self.what} | {figures} | {value} | {reach} | {self.verdict} |"

    @property
    def unit_text(self):
        return self.unit if self.unit.startswith("/") else f" {self.unit}"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


HEAD = "| what | figures (medians) | result | to reach | |\n|---|---|---|---|---|"
