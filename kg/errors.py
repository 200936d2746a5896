"""Every error that `kg` raises on purpose.

KgError                    base; its message is one line, for a person, and says what to do
├── InputError             an article or a folder of them cannot be read
├── ConfigError            a setting is unknown or has a wrong value
├── LexiconError           a lexicon entry names something that the ontology does not have
├── OntologyError          the ontology cannot be read or contradicts itself
├── ModelError             the language model is missing or cannot be loaded
├── StoreError             the store cannot be opened, read or written
│   └── StoreLockedError   another process is writing the store
├── QueryError             a query is unknown, malformed, refused or took too long
├── ServerError            a server on the network cannot be used
└── ExportError            an output file cannot be written
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that a user can cause and mend."""


class InputError(KgError):
    """An article, or a folder of them, cannot be read.

    `source` is the path, URL or line that was at fault; the message starts with it.
    """

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Let the error travel between processes."""
        return InputError, (self.source, self.cause)


class ConfigError(KgError):
    """A setting is unknown or has a wrong value."""


class LexiconError(KgError):
    """A lexicon entry is malformed, a duplicate, or names something that the ontology does not have."""


class OntologyError(KgError):
    """The ontology cannot be read or contradicts itself."""


class ModelError(KgError):
    """The language model is missing or cannot be loaded."""


class StoreError(KgError):
    """The store cannot be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process is writing the store."""


class QueryError(KgError):
    """A query is unknown, malformed, refused or took too long."""


class ServerError(KgError):
    """A server on the network has no usable address, cannot be reached, refuses, or answers what it should not."""


class ExportError(KgError):
    """An output file cannot be written."""
