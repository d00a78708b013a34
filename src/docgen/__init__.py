"""docgen: one deal file, every paper."""
