"""Channels to what belongs to a document: services on it, its versions, its files, and whatever knows it by its uid or id.

One line for each way in; see :mod:`.channel` for how a line is read.
"""

from collections.abc import Iterator

from tests.leaks.channel import Channel
from tests.leaks.channel import table


_REST = """
@actions @addons @aliases @breadcrumbs @comments @content-rules @contextnavigation @controlpanels @copy @database
@export @groups @history @history/0 @import @inherit @linkintegrity @lock @login @move @navigation @navroot @portrait
@principals @querysources/x @querystring @querystring-search @registry @relations @roles @search @sharing
@sharing?search=a @site @sources/x @system @transactions @translations @translation-locator @types @types/OutgoingDocument
@upgrade @users @userschema @vocabularies @vocabularies/plone.app.vocabularies.Keywords
@vocabularies/plone.app.vocabularies.Catalog @workflow @workingcopy @blocktypes @email-send @upload-aliases
@search?fullobjects=1 @search?metadata_fields=_all&SearchableText=$B* @inherit?expand.inherit.behaviors=plone.basic
@inherit?expand.inherit.behaviors=plone.dublincore,plone.relateditems @inherit?expand.inherit.behaviors=plone.navigationroot
@documents/$U @desk @units @people @registers @incoming @outgoing @deliveries @jobs @openapi @uploads @slips
"""

_HISTORY = """
GET $P/@@historyview
GET $P/@@contenthistory
GET $P/@@contenthistorypopup
GET $P/@@history?one=current&two=0
GET $P/versions_history_form
GET $P/@@versions_history_form?version_id=0
GET $P/version-view?version_id=0
GET $P/@@version_metadata_view
GET $P/@@version_file_view
GET $P/download-version?version_id=0
GET $P/@@download-version?version_id=0&field_id=file
GET $P/@@revertversion
GET $P/@@locked
GET $P/@@historyview/getHistory
GET portal_repository/getHistory?obj=$P
GET portal_historiesstorage/getHistory?history_id=1
GET $P/portal_repository/getHistory
GET $P/manage_UndoForm
GET $P/manage_undo_transactions
GET $P/@@checkout
GET $P/content-checkout
GET $P/@@content-checkin
GET $P/@@iterate_diff
GET $P/@@object_copy
GET $P/object_copy
GET $P/@@object_cut
GET $P/@@object_delete
GET $P/@@copy
GET $P/cb_dataValid
"""

_FILES = """
GET $P/@@download/file
GET $P/@@download/file/x.pdf
GET $P/@@download/files/$F
GET $P/@@download
GET $P/@@display-file/file
GET $P/@@images/file
GET $P/@@images/image/mini
GET $P/@@images/$F
GET $P/@@images/$F/thumb
GET $P/@@images/title
GET $P/@@images/versions
GET $P/image_mini
GET $P/@@images-test
GET $P/at_download/file
GET $P/index_html
GET $P/file
GET $P/$F
GET $P/files/$F
GET $P/own_files/0
GET $P/versions/0
GET $P/file/filename
GET d/$U/file
GET d/$U/@@file/$F ; Range: bytes=0-99
GET d/$U/@@file/$F?inline=1
GET d/$U/@@download/file
GET $P/@@download/file ; Range: bytes=0-10
GET @uploads/$F
DELETE @uploads/$F ; Accept: application/json
GET staging/$F
GET $P/++widget++files/@@download/$F
GET $P/view/++widget++file/@@download
GET $P/@@file/$F/@@download
GET $P/@@file/$F/blob
GET $P/@@file/../@@title
"""

_IDENTITY = """
GET resolveuid/$U
GET resolveUid/$U
GET @@resolveuid/$U
GET $Q/resolveuid/$U
GET resolveuid/$U/view
GET resolveuid/$U/@@title
GET resolveuid?uid=$U
GET redirect-to-uuid/$U
GET @@redirect-to-uuid/$U
HEAD resolveuid/$U
JSON resolveuid/$U
JSON @resolveuid/$U
GET resolveuid_and_caption/$U
GET uuid/$U
GET $U
JSON $U
GET reference_catalog/lookupObject?uuid=$U
GET portal_catalog/getobject?rid=$U
GET portal_factory/$U
GET $I
JSON $I
GET $Q/$I/manage_hasId
GET $Q/manage_hasId?id=$I
GET $Q/has_key?key=$I
GET $Q/checkIdAvailable?id=$I
GET $Q/@@check_id?id=$I
JSON @linkintegrity?uids=$U
JSON @relations?source=$U
JSON @relations?target=$U
JSON @relations?source=/$P
JSON @relations?relation=isReferencing&source=$U
JSON @search?UID=$U
JSON @search?UID=$U&fullobjects=1
JSON @search?path=/$P
JSON @search?path.query=/$P&path.depth=0
JSON @search?id=$I
JSON @search?getId=$I
JSON @search?SearchableText=$I
JSON @search?SearchableText=$U
GET @@search?SearchableText=$U
GET @@search?UID=$U
GET @@getVocabulary?name=plone.app.vocabularies.Catalog&uids=$U
JSON @vocabularies/plone.app.vocabularies.Catalog?token=$U
JSON $O/@vocabularies/plone.app.vocabularies.Catalog?title=$U
GET @@qsOptions?uid=$U
GET sharing?uid=$U
GET login?came_from=/$P
GET login?came_from=http://$H/$P
GET require_login?came_from=/$P
GET logout?came_from=/$P
GET @@search?path=/$P
GET @@content-rules?uid=$U
JSON @aliases?q=$I
GET @@redirection-controlpanel?redirection-path=$I
GET acl_users/credentials_cookie_auth/require_login?came_from=/$P
POSTJ $Q << {"@type": "OutgoingDocument", "id": "$I", "title": "x"}
POSTJ / << {"@type": "Document", "id": "$I", "title": "x"}
POSTJ @copy << {"source": "$P"}
POSTJ @move << {"source": "$P"}
POSTJ @copy << {"source": "$U"}
POSTJ $O/@copy << {"source": "/$P"}
POSTJ $O/@move << {"source": "http://$H/$P"}
POSTJ @querystring-search << {"query": [{"i": "path", "o": "plone.app.querystring.operation.string.absolutePath", "v": "$U"}]}
POSTJ @querystring-search << {"query": [{"i": "UID", "o": "plone.app.querystring.operation.string.is", "v": "$U"}]}
POSTJ @relations << {"items": [{"source": "$U", "target": "$U", "relation": "relatedItems"}]}
"""


def channels() -> Iterator[Channel]:
    """Every channel of the tables above."""
    for name in _REST.split():
        yield Channel("rest", "GET", f"$P/{name}", {"Accept": "application/json"})
        if "?" not in name and "$" not in name:
            yield Channel("rest by its view", "GET", f"$P/@@GET_application_json_{name}")
    yield from table("history", _HISTORY)
    yield from table("file", _FILES)
    yield from table("identity", _IDENTITY)
