"""HTTP over sockets, down to the bytes: connections, raw answers, compression."""
