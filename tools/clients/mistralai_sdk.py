"""Call the service at an address with Mistral's own SDK for Python."""

import sys

from mistralai.client import Mistral

ask = {"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hello"}]}
with Mistral(api_key="any", server_url=sys.argv[1]) as client:
    assert "Hello" in client.agents.complete(**ask).choices[0].message.content
    with client.agents.stream(**ask) as stream:
        assert "Hello" in "".join(event.data.choices[0].delta.content or "" for event in stream)
    agent = client.beta.agents.create(model="m", name="n")
    assert client.beta.agents.get(agent_id=agent.id).name == "n"
    # If metadata is not given, the SDK sends its placeholder for "not given", a text that the contract does not allow.
    assert [each.id for each in client.beta.agents.list_pages(metadata=None).result.data] == [agent.id]
    started = client.beta.conversations.start(agent_id=agent.id, inputs="Hello")
    assert "Hello" in started.outputs[0].content
    which = started.conversation_id
    with client.beta.conversations.append_stream(conversation_id=which, inputs="Again") as stream:
        said = [event.data.content for event in stream if event.event == "message.output.delta"]
    assert "Again" in "".join(said)
    assert len(client.beta.conversations.get_history(conversation_id=which).entries) == 4
    client.beta.conversations.delete(conversation_id=which)
    client.beta.agents.delete(agent_id=agent.id)
print("completion, completion stream, agents, conversation, conversation stream")
