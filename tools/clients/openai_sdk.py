"""Call the service at an address with OpenAI's SDK for Python."""

import sys

from openai import OpenAI, Stream
from openai.types.chat import ChatCompletion, ChatCompletionChunk

path, ask = "/agents/completions", {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hello"}]}
with OpenAI(api_key="any", base_url=f"{sys.argv[1]}/v1") as client:
    assert "Hello" in client.post(path, cast_to=ChatCompletion, body=ask).choices[0].message.content
    body = {**ask, "stream": True}
    with client.post(
        path, cast_to=ChatCompletion, body=body, stream=True, stream_cls=Stream[ChatCompletionChunk]
    ) as stream:
        assert "Hello" in "".join(chunk.choices[0].delta.content or "" for chunk in stream)
print("completion, completion stream")
