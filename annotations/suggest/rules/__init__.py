"""Rules of the labelling guide, one file per label; :mod:`annotations.suggest.rules.scan` puts them together."""
