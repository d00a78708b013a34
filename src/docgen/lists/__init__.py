"""The price manager's tools: what is odd in a list (lint), what a new edition does (compare), lists as tables
(exchange)."""
