import { createMistral } from "@ai-sdk/mistral";
import { generateText, streamText } from "ai";

// The provider sends requests to a model; the `fetch` option turns each of them into a request to an agent.
const provider = createMistral({
  apiKey: "any",
  baseURL: `${process.argv[2]}/v1`,
  fetch: (target, options) => {
    const { model, ...body } = JSON.parse(options.body);
    const agents = JSON.stringify({ ...body, agent_id: model });
    return fetch(target.replace("/chat/", "/agents/"), { ...options, body: agents });
  },
});

const { text } = await generateText({ model: provider("ag_1"), prompt: "Hello" });
if (!text.includes("Hello")) throw new Error("completion");

let said = "";
for await (const piece of streamText({ model: provider("ag_1"), prompt: "Hello" }).textStream) said += piece;
if (!said.includes("Hello")) throw new Error("completion stream");

console.log("completion, completion stream");
