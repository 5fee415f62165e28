"""A model that learns from confirmed labels: conditional random fields over syllables, one tagger per label, so that labels nest."""
