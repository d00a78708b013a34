"""The neutral document: blocks, and Markdown read into blocks."""
