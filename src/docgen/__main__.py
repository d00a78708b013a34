"""`python -m docgen` and the `docgen` command."""

from docgen.cli.main import main

if __name__ == "__main__":
    main()
