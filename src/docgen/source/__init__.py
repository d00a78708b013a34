"""Files in, with their places; files out, atomically. The only room that touches the disk."""
