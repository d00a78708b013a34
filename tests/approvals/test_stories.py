"""How approvals are given, kept and lost: every story of tests/cases/approvals through the real command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approvals.stories import Stage, Story, read_stories

STORIES = read_stories()


@pytest.mark.parametrize("story", [pytest.param(story, id=story.id) for story in STORIES])
def test_a_story_goes_as_its_author_says(story: Story, tmp_path: Path) -> None:
    stage = Stage(story, tmp_path)
    for number, step in enumerate(story.steps, 1):
        otherwise = stage.play(step)
        if otherwise is not None:
            told = [story.id, f"  because {story.reasoning}", f"  step {number}, {dict(step)}", f"  {otherwise}"]
            pytest.fail("\n".join(told), pytrace=False)


def test_stories_are_many_and_no_two_share_a_name() -> None:
    assert len(STORIES) >= 70
    assert len({story.id for story in STORIES}) == len(STORIES)


def test_a_story_that_goes_otherwise_is_told(tmp_path: Path) -> None:
    """Playing must be able to fail, or no story proves anything."""
    stage = Stage(next(s for s in STORIES if s.name == "a yes makes the paper clear"), tmp_path)
    told = str(stage.play({"expect": {"deep": "valid"}}))
    assert told.startswith("expect: expected {'deep': 'valid'}, found {'deep': 'missing'")
    assert stage.play({"papers": "clear"}) == "papers: expected clear, found draft"
    assert stage.play({"final": "0"}) == "final: expected 0, found 3"
    given = {"approve": {"as": "sales_director", "by": "Ann"}}
    assert "should be refused with must_wait" in str(stage.play({**given, "refused": "must_wait"}))
    assert "exits with 1" in str(stage.play({"approve": {"as": "legal", "by": "Ann"}}))
