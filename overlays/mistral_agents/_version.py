"""The version of the distribution; the build and the user agent read it from here."""

__version__ = "0.1.0"
