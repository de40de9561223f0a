"""The code that `make docs` needs to build the site."""
