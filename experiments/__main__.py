"""`python -m experiments` is the command `symbiopark`."""

from .cli import main

if __name__ == "__main__":
    main()
