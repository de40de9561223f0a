"""Variables of the environment that a client cannot use: the error names the variable."""

from __future__ import annotations

import httpx
import pytest

from client_settings import KEY
from completion_payloads import ASK
from mistral_agents import Mistral
from mistral_agents.errors import InvalidArgumentError
from worlds import World, each_world


@pytest.mark.parametrize(("key", "name"), [(None, "MISTRAL_API_KEY"), ("b\n", "api_key")])
def test_a_wrong_key_is_named_by_its_source(key: str | None, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says whether the argument or the variable of the environment has to be corrected."""
    monkeypatch.setenv("MISTRAL_API_KEY", "a\n")
    with Mistral(key) as client, pytest.raises(InvalidArgumentError, match=f"^{name} or http_headers: "):
        client.agents.complete(**ASK)


@each_world
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:9", "ALL_PROXY"),
        ("ALL_PROXY", "socks5://127.0.0.1:9", "httpx\\[socks\\]"),
        ("HTTPS_PROXY", "http://127.0.0.1:port", "HTTPS_PROXY"),
        ("HTTP_PROXY", "ftp://127.0.0.1:9", "HTTP_PROXY"),
        ("ALL_PROXY", "http://127.0.0.1:99999", "ALL_PROXY.*one from 1 to 65535"),
        ("HTTPS_PROXY", "http://127.0.0.1:0", "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://proxy .test", "HTTPS_PROXY"),
        ("ALL_PROXY", "socks://me:word@127.0.0.1:9", r"ALL_PROXY='\[hidden\]@127\.0\.0\.1:9'"),
        *([("NO_PROXY", "[::1", "NO_PROXY")] if httpx.__name__ == "httpx" else []),  # httpx2 ignores it
        ("SSL_CERT_DIR", "/nowhere/at/all:/nor/here", "SSL_CERT_DIR"),
        ("SSL_CERT_DIR", __file__, "SSL_CERT_DIR"),
        ("SSLKEYLOGFILE", "/nowhere/at/all", "SSLKEYLOGFILE"),
        ("SSL_CERT_FILE", "/nowhere/at/all", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", __file__, "SSL_CERT_FILE"),
    ],
)
def test_an_environment_that_httpx_cannot_use(
    world: World, name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If httpx cannot use an environment variable, the error names it and says what to do."""
    if name == "SSL_CERT_DIR":  # httpx reads it only if SSL_CERT_FILE is not set
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidArgumentError, match=said):
        world.complete(Mistral(KEY), **ASK)
