"""The demonstration (bản dùng thử): an organisation with people, documents and a busy week behind it.

``organization``  units, registers, people, routes; with ``staff`` and the files in ``data``
``letters``       documents as PDF; ``texts`` has their contents
``stage``         people act at past moments; ``arrivals`` and ``issues`` are the stories they play
``accounts``      accounts to try
"""

from party.operations.demo.build import build


__all__ = ["build"]
