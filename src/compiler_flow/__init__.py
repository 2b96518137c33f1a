"""compiler-flow: bilingual compilation (编译) of foreign articles into a Chinese bulletin."""

__version__ = "0.1.0"

__all__ = ["__version__"]
