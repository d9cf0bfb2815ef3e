"""The one error of this package."""


class EmbeddedError(RuntimeError):
    """The server cannot be found, made, started or stopped; the text is fit to show to a person."""
