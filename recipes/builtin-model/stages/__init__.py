"""The stages of the recipe, one module each with `run(bench) -> results`; build.py calls them."""
