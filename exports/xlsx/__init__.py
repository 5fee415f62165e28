"""Excel workbooks: written here; laid out so that an edited one can come back."""

from exports.xlsx.exporter import Workbook
from exports.xlsx.fingerprint import row_fingerprint

__all__ = ["Workbook", "row_fingerprint"]
