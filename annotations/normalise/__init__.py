"""Normalised values: dates to EDTF, identifiers of resolutions, names."""
