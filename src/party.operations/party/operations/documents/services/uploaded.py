"""Files in a request (tệp kèm theo yêu cầu): staged before the turn, from a token or from base64 in the body."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from party.operations import _
from party.operations.documents import files
from party.operations.ledger.errors import Invalid
from party.operations.rest.endpoints import Call


@contextmanager
def staged(call: Call) -> Iterator[None]:
    """Turn ``files`` of the body into uploads; what came in the body itself is not kept aside afterwards."""
    own: list[files.Upload] = []
    try:
        call.body["files"] = [_upload(each, own) for each in call.body.get("files", [])]
        yield
    finally:
        # a blob has taken its link by now; a request that is sent again brings its files again
        for each in own:
            files.discard(each.token)


def _upload(plain: dict[str, str], own: list[files.Upload]) -> files.Upload:
    if "token" in plain:
        return files.staged(plain["token"])
    if "filename" not in plain or "data" not in plain:
        raise Invalid(_("A file has a “token”, or a “filename” and “data” in base64."), "files")
    try:
        content = base64.b64decode(plain["data"], validate=True)
    except binascii.Error as error:
        raise Invalid(
            _("The data of “${file}” is not base64.", mapping={"file": plain["filename"]}), "files"
        ) from error
    upload = files.stage(BytesIO(content), plain["filename"])
    own.append(upload)
    return upload
