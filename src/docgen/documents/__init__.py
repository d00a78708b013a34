"""Facts in, neutral content out: the one room that knows both business and paper."""
