"""The workbook of conflicts: goes out with a Decision column, comes back as decisions."""

from exports.xlsx_review.exporter import ReviewWorkbook

__all__ = ["ReviewWorkbook"]
