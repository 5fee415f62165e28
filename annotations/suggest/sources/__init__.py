"""Who proposes entities: rules, gazetteers, the project's memory, the learned model. One file each behind one protocol."""
