"""What is extracted from the gold articles stays at its floor or above it (benchmarks/floors.toml)."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "quality.py"
SHARED = SCRIPT.parent.parent.parent / "shared"


@pytest.fixture(scope="module")
def quality():
    spec = importlib.util.spec_from_file_location("quality", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.model
@pytest.mark.gold
@pytest.mark.skipif(not SHARED.is_dir(), reason="no gold annotations beside the project (../shared)")
@pytest.mark.parametrize("name", ["seed", "dev", "train"])
def test_gold_articles(name, quality, tmp_path):
    assert quality.below_floor(name, quality.score_gold(name, tmp_path)) == []


@pytest.mark.model
@pytest.mark.gold
@pytest.mark.skipif(not SHARED.is_dir(), reason="no corpora beside the project (../shared)")
@pytest.mark.parametrize("task", ["plv", "coped", "links"])
def test_corpora(task, quality, tmp_path):
    figures = quality.corpus_figures(quality.score_corpus(task, tmp_path))
    assert figures
    assert quality.below_floor(task, figures) == []


def test_a_figure_below_its_floor_is_named(quality):
    worse = {"event": {"f1": 0.1}, "strict": {"f1": 0.9}, "evidence": 1.0}
    assert quality.below_floor("seed", worse) == ["seed: event.f1 is 0.1, its floor is 0.88"]
