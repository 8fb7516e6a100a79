"""Keys on the command line, without the site: ``python -m party.operations.confidentiality.keys <verb>``.

A keyring is made before there is a site, and a key is withheld without waiting for one.
"""

import os
import sys

from party.operations.confidentiality import keys


USAGE = """usage: python -m party.operations.confidentiality.keys <verb>

  create        make the keyring, or prepare the token, that PARTY_KEYS names
  list          all keys: id, level, organ, year, generation, when made, whether in use
  withhold ID   take a key out of service, at once and in every process
  restore ID    bring it back"""


def main(arguments: list[str]) -> int:
    """Do what the verb says with the keys of ``PARTY_KEYS``; returns the exit code."""
    try:
        match arguments:
            case ["create"]:
                keys.create(os.environ.get("PARTY_KEYS", ""))
            case ["list"]:
                for each in keys.provider().facts():
                    print(_line(each))
            case ["withhold", kek]:
                keys.provider().withhold(kek)
            case ["restore", kek]:
                keys.provider().restore(kek)
            case _:
                print(USAGE, file=sys.stderr)
                return 2
    except keys.Unusable as error:
        print(error, file=sys.stderr)
        return 1
    except keys.Withheld:
        print("There is no such key here, or no key at all: see PARTY_KEYS.", file=sys.stderr)
        return 1
    return 0


def _line(key: keys.KeyFacts) -> str:
    service = "withheld" if key.withheld else "in use" if key.current else "older"
    return f"{key.id}  {key.level:<10}  {key.organ}  {key.year}  {key.generation}  {key.made_on}  {service}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
