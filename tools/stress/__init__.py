"""Give the client damaged data (`make fuzz`), and many streams at once (`make soak`)."""
