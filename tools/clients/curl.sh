# curl against an address: plainly, as a stream, and with the stub as its proxy.
set -eu
ask() {
  curl --silent --show-error --fail --no-buffer --header "Authorization: Bearer any" --header "Content-Type: application/json" "$@"
}
ask "$1/v1/agents/completions" --data '{"agent_id": "ag_1", "messages": [{"role": "user", "content": "Hello"}]}' | grep -q Hello
ask "$1/v1/conversations" --data '{"model": "m", "inputs": "Hello", "stream": true}' | grep -q "event: conversation.response.done"
ask "$1/v1/agents" --data '{"model": "m", "name": "n"}' | grep -q '"object":"agent"'
ask --noproxy "" --proxy "$1" "http://api.mistral.ai/v1/agents" | grep -q '"name":"n"'
echo "completion, agents, conversation stream"
