import OpenAI from "openai";

const client = new OpenAI({ apiKey: "any", baseURL: `${process.argv[2]}/v1` });
const body = { agent_id: "ag_1", messages: [{ role: "user", content: "Hello" }] };

const whole = await client.post("/agents/completions", { body });
if (!whole.choices[0].message.content.includes("Hello")) throw new Error("completion");

let said = "";
const stream = await client.post("/agents/completions", { body: { ...body, stream: true }, stream: true });
for await (const chunk of stream) said += chunk.choices[0].delta.content ?? "";
if (!said.includes("Hello")) throw new Error("completion stream");

console.log("completion, completion stream");
