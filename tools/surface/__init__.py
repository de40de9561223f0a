"""Compare the public Python interface of two versions of the packages; the code is read and never run."""
