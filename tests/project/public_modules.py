"""The names of the package's public modules, which users may import."""

PUBLIC_MODULES = ["agents", "calls", "client", "concurrency", "errors", "models", "observe", "paging"]
PUBLIC_MODULES += ["responses", "retry", "sse", "streams", "structured", "testing", "tools"]
