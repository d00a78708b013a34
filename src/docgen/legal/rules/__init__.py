"""The rules, a file for each topic; `docgen.legal.lint` lists them."""
