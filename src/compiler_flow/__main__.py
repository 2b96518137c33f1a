"""The entry of ``compiler-flow``, ``cflow`` and ``python -m compiler_flow``."""

from __future__ import annotations


def main() -> None:
    """Run the command line; exits with 0 (clean), 1 (findings or a closed gate) or 2 (could not run)."""
    import gc

    from compiler_flow.i18n import adopt_default_domain

    # Thousands of values are made before anything can become garbage; looking for it each 700 takes its time.
    gc.set_threshold(50_000)
    # Before the commands are imported: click fetches some of its words when they are declared.
    adopt_default_domain()
    from compiler_flow.cli import run

    try:
        run()
    finally:
        # Python looks for garbage once more before it ends: after a check of a long file for a tenth of a second.
        gc.freeze()


if __name__ == "__main__":
    main()
