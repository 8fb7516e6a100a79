"""The demonstration (bản dùng thử): an organisation with people, documents and a busy week behind it.

``organization``  units, registers, people, routes; with ``staff`` and the files in ``data``
``letters``       documents as PDF; ``texts`` has their contents
``stage``         people act at past moments; ``arrivals``, ``issues`` and ``classified`` are the stories they play
``trust``         who is trusted with secrets, where there are keys
``accounts``      accounts to try
"""

from party.operations.demo.build import build


__all__ = ["build"]
