export interface paths {
    "/v1/things/{thing_id}": {
        post: operations["things_ask"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description {What is asked: }; */
        Ask: {
            question: string;
            size?: number | null;
            /** @constant */
            stream?: false;
        };
        AskAlong: {
            question: string;
            size?: number | null;
            stream?: true;
        };
        Answer: (components["schemas"]["Text"] | components["schemas"]["Names"]) | components["schemas"]["UnknownAnswer"];
        Text: {
            /** @enum {string} */
            type: "text";
            text?: string;
        };
        Names: {
            type: "names";
            names?: string[];
        };
        UnknownAnswer: {
            type: string;
        } & {
            [key: string]: unknown;
        };
        Event: {
            data: "[DONE]" | string;
        };
    };
    responses: never;
}
export interface operations {
    things_ask: {
        parameters: {
            query?: {
                page?: number;
            };
            path: {
                thing_id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Ask"] | components["schemas"]["AskAlong"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
        };
    };
}
