"""The names that the stub uses from the packages of the extra `testing`. Its modules import these names from here."""

try:
    import yaml
    from jsonschema import Draft202012Validator, FormatChecker
except ImportError as error:
    raise ImportError(
        f"mistral_agents.testing needs the packages of the extra `testing` ({error}). "
        'In a checkout: pip install ".[testing]". '
        'Otherwise: pip install "mistral-agents[testing] @ git+URL", where URL is the address of the repository.'
    ) from error

__all__ = ["Draft202012Validator", "FormatChecker", "yaml"]
