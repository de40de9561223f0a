import { Mistral } from "@mistralai/mistralai";

const client = new Mistral({ apiKey: "any", serverURL: process.argv[2] });
const steps = [];
const check = (what, fine) => {
  if (!fine) throw new Error(what);
  steps.push(what);
};

const ask = { agentId: "ag_1", messages: [{ role: "user", content: "Hello" }] };
const whole = await client.agents.complete(ask);
check("completion", whole.choices[0].message.content.includes("Hello"));

let text = "";
for await (const event of await client.agents.stream(ask)) text += event.data.choices[0]?.delta.content ?? "";
check("completion stream", text.includes("Hello"));

const agent = await client.beta.agents.create({ model: "m", name: "n" });
check("agents", (await client.beta.agents.get({ agentId: agent.id })).name === "n");

const started = await client.beta.conversations.start({ agentId: agent.id, inputs: "Hello" });
check("conversation", started.outputs[0].content.includes("Hello"));

let said = "";
const stream = await client.beta.conversations.appendStream({
  conversationId: started.conversationId,
  conversationAppendStreamRequest: { inputs: "Again" },
});
for await (const event of stream) if (event.event === "message.output.delta") said += event.data.content;
check("conversation stream", said.includes("Again"));

await client.beta.agents.delete({ agentId: agent.id });
console.log(steps.join(", "));
