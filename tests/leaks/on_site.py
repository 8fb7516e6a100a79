"""Channels beside the document: lists, searches, feeds, our own pages and services, the zone.

One line for each way in; see :mod:`.channel` for how a line is read.
"""

from collections.abc import Iterator

from tests.leaks.channel import Channel
from tests.leaks.channel import table


_SEARCH = """
JSON @search
JSON @search?SearchableText=$B*
JSON @search?SearchableText=$A*
JSON @search?Title=$B*
JSON @search?Description=$B*
JSON @search?Subject=$B
JSON @search?sort_on=modified&sort_order=reverse
JSON @search?sort_on=created&metadata_fields=_all
JSON @search?metadata_fields=_all&b_size=2000
JSON @search?fullobjects=1
JSON @search?fullobjects=1&portal_type=OutgoingDocument
JSON @search?portal_type=OutgoingDocument
JSON @search?portal_type=IncomingDocument&metadata_fields=_all
JSON @search?portal_type=Discussion%20Item
JSON @search?allowedRolesAndUsers=Manager
JSON @search?allowedRolesAndUsers:list=Manager&show_inactive=1
JSON @search?allowedRolesAndUsers=Record%20Reader
JSON @search?show_inactive=1&metadata_fields=_all
JSON @search?effectiveRange=2000/01/01
JSON @search?review_state=issued&metadata_fields=_all
JSON @search?path=/$Q&metadata_fields=_all
JSON @search?path.query=/&path.depth=9
JSON @search?Creator=admin
JSON @search?object_provides=party.operations.documents.content.IDocument
JSON @search?object_provides=party.operations.confidentiality.base.ILevelled
JSON $Q/@search?metadata_fields=_all
GET @@search?SearchableText=$B*
GET @@search?SearchableText=$A*
GET @@search?portal_type=OutgoingDocument
GET @@ajax-search?SearchableText=$B*
GET @@updated_search?SearchableText=$B*
GET livesearch_reply?q=$B
GET @@search_rss?SearchableText=$B*
GET search_rss?SearchableText=$B*
GET RSS
GET rss.xml
GET atom.xml
GET itunes.xml
GET newsml.xml
GET $Q/RSS
GET $Q/atom.xml
GET $Q/rss.xml
GET @@recently_modified
GET @@recently_published
GET recently_modified
GET @@event_listing
GET @@event_listing_ical
GET @@ics_view
GET sitemap
GET @@sitemap
GET sitemap.xml.gz
GET @@sitemap_builder_view/siteMap
GET @@full_review_list
GET @@reviewlist_get_table
GET @@dashboard
GET dashboard
GET @@folder_contents
GET $Q/@@folder_contents
GET $Q/folder_contents
GET $Q/@@fc-contextInfo
GET $Q/@@fc-properties
GET $Q
GET $Q/
GET $Q/view
GET $Q/@@listing_view
GET $Q/@@summary_view
GET $Q/@@tabular_view
GET $Q/@@full_view
GET $Q/folder_listing
GET $Q/@@album_view
GET $Q/@@title
GET $Q/@@folder_factories
GET $Q/@@getVocabulary?name=plone.app.vocabularies.Catalog
GET $Q/@@sharing
GET $Q/@@export_content
GET $Q/objectIds
GET $Q/contentValues
GET $Q/keys
GET $Q/items
JSON $Q
JSON $Q?fullobjects=1
JSON $Q?metadata_fields=_all&b_size=1000
JSON $Q?include_items=1
JSON $Q/@contextnavigation
JSON $Q/@navigation?expand.navigation.depth=9
JSON $Q/@breadcrumbs
JSON $Q/@workflow
JSON $Q/@history
JSON $Q/@sharing
JSON $Q/@inherit
JSON $Q/@aliases
JSON $Q/@lock
JSON @navigation?expand.navigation.depth=9
JSON @contextnavigation?expand.contextnavigation.bottomLevel=9
JSON @breadcrumbs
JSON @relations
JSON @relations?onlyBroken=1
JSON @linkintegrity
JSON @transactions
JSON @history
JSON @aliases
JSON @database
JSON @system
JSON @actions
JSON @controlpanels
JSON @registry
JSON @registry?q=party&b_size=500
JSON @vocabularies
JSON @vocabularies/plone.app.vocabularies.Keywords
JSON @vocabularies/plone.app.vocabularies.Users
JSON @vocabularies/plone.app.vocabularies.Principals
JSON @vocabularies/plone.app.vocabularies.Catalog?title=$B
JSON @vocabularies/plone.app.vocabularies.SyndicatableFeedItems
JSON @querystring
JSON @querystring-search
POSTJ @querystring-search << {"query": [{"i": "SearchableText", "o": "plone.app.querystring.operation.string.contains", "v": "$B"}], "metadata_fields": "_all"}
POSTJ @querystring-search << {"query": [{"i": "portal_type", "o": "plone.app.querystring.operation.selection.any", "v": ["OutgoingDocument", "IncomingDocument"]}], "fullobjects": true}
POSTJ @querystring-search << {"query": [{"i": "path", "o": "plone.app.querystring.operation.string.absolutePath", "v": "/::9"}], "metadata_fields": "_all"}
GET @@getVocabulary?name=plone.app.vocabularies.Catalog&query={"criteria":[{"i":"SearchableText","o":"plone.app.querystring.operation.string.contains","v":"$B"}]}
GET @@getVocabulary?name=plone.app.vocabularies.Catalog&attributes=["Title","path","UID","Description","Subject","getURL"]
GET @@getVocabulary?name=plone.app.vocabularies.Keywords
GET @@getSource?name=title
GET @@qsOptions
GET @@querybuilderresults?query.i:records=SearchableText&query.o:records=plone.app.querystring.operation.string.contains&query.v:records=$B
GET @@querybuildernumberofresults?query.i:records=portal_type&query.o:records=plone.app.querystring.operation.selection.any&query.v:records=OutgoingDocument
GET @@querybuilder_html_results?query.i:records=SearchableText&query.o:records=plone.app.querystring.operation.string.contains&query.v:records=$B
GET @@querybuilderjsonconfig
GET @@catalogCounter
GET @@author
GET @@author/manager
GET @@member-search
GET @@pas_search
GET @@user-information
GET @@contextnavigation
GET @@render-portlet
"""  # noqa: E501 - a request stands on one line

_OURS = """
GET @@desk
GET @@registers
GET @@registers?direction=outgoing&unit=$N
GET @@registers?direction=incoming&unit=$N
GET @@registers?direction=incoming&unit=$N&q=$B
GET @@registers?direction=outgoing&unit=$N&q=$B
GET @@registers?direction=incoming&unit=$N&q=$A
GET @@registers?direction=incoming&unit=$N&q=77
GET @@registers?direction=incoming&unit=$N&after=0
GET @@issuers.json?q=$B
GET @@issuers.json?term=$B
GET @@issuers.json?unit=$N&q=V
GET @@issuers.json?q=ve
GET @@recipients.json?q=$B
GET @@find?q=$B
GET @@find?q=$A
GET @@find?q=$A&order=relevance
GET @@find?q=“$A”
GET @@find?q=$U
GET @@find?q=$I
GET @@find?kind=incoming
GET @@find?kind=outgoing&state=issued
GET @@find?unit=$N
GET @@find?since=1/1/2026
GET @@find?unit=$N&after=0_9223372036854775807
GET @@find-suggestions?q=$B
GET @@find-suggestions?q=$A
GET @@find-suggestions?q=$U
GET @@find-units?q=$B
GET @@find-units?q=t
GET @@find-people?q=$B
GET @@find-people?q=n
GET @@organization
GET @@u/$N
GET u/$N
GET @@jobs
GET @@whoami
GET @@register-incoming
GET @@register-incoming?unit=$N
GET @@create-draft
GET @@create-draft?replies_to=$U
GET @@create-draft?replaces=$U
GET @@delivery?id=$D
GET @@delivery?delivery=$D
GET @@delivery/$D
GET @@refuse-delivery?id=$D
GET @@refuse-delivery?delivery=$D
GET @@access-explained?uid=$U
GET @@audit?object=$U
GET @@audit
GET @@clearances
GET @@keys
GET @@expiring
GET d/$U/@@slip?slip=$S
GET d/$U/@@slip?id=$S
GET d/$U/@@delivery?id=$D
GET d/$U/@@addressees.json?q=n
GET d/$U/@@reviewers.json?q=n
GET d/$U/@@deliveries
GET d/$U/@@transfer
GET d/$U/@@change
JSON @desk
JSON @incoming?unit=$N
JSON @outgoing?unit=$N
JSON @incoming?unit=$N&q=$B
JSON @outgoing?unit=$N&q=$B
JSON @registers?unit=$N
JSON @deliveries
JSON @jobs
JSON @units
JSON @units?q=$B
JSON @people
JSON @people?q=$B
JSON @people/me
JSON @openapi
POSTJ @slips/read << {"slips": [$S]}
POSTJ @outgoing << {"unit": "$N", "title": "Thử", "type": "party.cong-van", "replies_to": "$U"}
POSTJ @outgoing << {"unit": "$N", "title": "Thử", "type": "party.cong-van", "replaces": "$U"}
POSTJ @documents/$U/comment << {"text": "thử"}
POSTJ @documents/$U/transfer << {"recipients": [{"unit": "$N"}]}
POSTJ @deliveries/$D/accept << {"existing": "$U"}
FORM d/$U/@@comment << form.widgets.text=x&form.buttons.submit=1
FORM d/$U/@@approve << form.buttons.submit=1
FORM @@mark-read << slips:list=$S
"""

#: everything a client could say to be taken for somebody inside; asked through both doors
_ZONE = """
JSON @documents/$U ; X-Zone: wan
JSON @documents/$U ; X-Party-Zone: wan
JSON @documents/$U ; Party-Zone: wan
JSON @documents/$U ; X-Forwarded-For: 127.0.0.1
JSON @documents/$U ; X-Forwarded-Host: wan.example
JSON @documents/$U ; X-Forwarded-Port: 8080
JSON @documents/$U ; X-Forwarded-Proto: https
JSON @documents/$U ; Forwarded: for=127.0.0.1;host=localhost:8080;proto=http
JSON @documents/$U ; X-Real-IP: 127.0.0.1
JSON @documents/$U ; X-Original-URL: /@documents/$U
JSON @documents/$U ; X-Rewrite-URL: /@documents/$U
JSON @documents/$U ; X-Remote-User: admin
JSON @documents/$U ; Remote-User: admin
JSON @documents/$U ; X-Vhm-Root: /party
JSON @documents/$U ; Host: localhost:8080
JSON @documents/$U ; Host: localhost
GET d/$U ; X-Zone: wan
GET d/$U ; Host: localhost:8080
GET d/$U ; X-Forwarded-Host: localhost:8080
GET d/$U ; X-Original-URL: /d/$U/@@title
GET / ; X-Original-URL: /d/$U
GET / ; X-Rewrite-URL: /d/$U
GET $P ; X-Vhm-Root: /party
GET $P ; Cookie: party_zone=wan
GET d/$U?PARTY_ZONE=wan
GET d/$U?zone=wan&-C=1
GET d/$U?__ac_name=x&__ac_password=y
GET d/$U?REQUEST_METHOD=GET&VIRTUAL_URL=x
GET d/$U?traverse_subpath=x&_authenticator=x
GET d/$U?set_language=en
GET d/$U?plone.app.theming=1&ajax_include_head=1
GET d/$U?form.widgets.title=x&ajax_load=true&-Z=1
"""


def channels() -> Iterator[Channel]:
    """Every channel of the tables above."""
    yield from table("search", _SEARCH)
    yield from table("ours", _OURS)
    yield from table("zone", _ZONE)
