"""Channels of administration: management pages, tools, control panels, exports.

One line for each way in; see :mod:`.channel` for how a line is read.
"""

from collections.abc import Iterator

from tests.leaks.channel import Channel
from tests.leaks.channel import table


_TOOLS = """
GET manage
GET manage_main
GET $P/manage
GET $P/manage_main
GET $P/manage_workspace
GET $P/@@manage_main
GET $P/manage_propertiesForm
GET $P/manage_access
GET $P/manage_owner
GET $P/manage_interfaces
GET $P/@@manage_interfaces
GET $P/manage_permissionForm
GET $P/manage_listLocalRoles
GET $P/manage_reportUserPermissions?user=x
GET $P/manage_delObjects
GET $P/manage_menu
GET $Q/manage_main
GET $Q/manage_exportObject?id=$I&download:int=1
GET $Q/manage_exportObject?id=$I
GET manage_exportObject?id=portal_catalog&download:int=1
FORM $Q/manage_exportObject << id=$I&download:int=1
GET $Q/manage_importExportForm
GET $Q/manage_findForm
GET $Q/manage_findResult?obj_searchterm=$B&search_sub:int=1&btn_submit=Find
GET manage_findResult?obj_metatypes:list=all&obj_searchterm=$B&search_sub:int=1
GET $Q/ZopeFind
GET $Q/manage_UndoForm
GET Control_Panel/DavLocks/manage_findLocks
GET Control_Panel
GET Control_Panel/Database/manage_main
GET VirtualHostBase/http/$H/party/VirtualHostRoot/$P
GET VirtualHostBase/http/$H/VirtualHostRoot/party/$P
GET VirtualHostRoot/$P
GET _vh_x/$P
GET party/$P
GET /party/$P/@@title
GET /acl_users
GET /Plone
GET ++vh++http:$H:80/++/$P
GET portal_catalog
GET portal_catalog/$I
GET portal_catalog/manage_catalogView
GET portal_catalog/manage_catalogIndexes
GET portal_catalog/manage_catalogReport
GET portal_catalog/manage_catalogPlan
GET portal_catalog/manage_objectInformation?rid=1
GET portal_catalog/manage_catalogSchema
GET portal_catalog/plone_lexicon/queryLexicon?words=$B*
GET portal_catalog/plone_lexicon/manage_main
GET portal_catalog/Indexes/SearchableText/manage_main
GET portal_catalog/Indexes/Title/manage_browse
GET portal_catalog/Indexes/UID/manage_browse
GET portal_catalog/Indexes/allowedRolesAndUsers/manage_browse
GET portal_catalog/searchResults?SearchableText=$B*
GET portal_catalog/search?SearchableText=$B*
GET portal_catalog/unrestrictedSearchResults?SearchableText=$B*
GET portal_catalog/uniqueValuesFor?name=Subject
GET portal_catalog/getAllBrains
GET portal_catalog/catalog
GET portal_catalog/getMetadataForUID?uid=/party/$P
GET portal_catalog/getIndexDataForUID?uid=/party/$P
GET portal_historiesstorage/storageStatistics
GET portal_historiesstorage/manage_main
GET portal_repository/manage_main
GET portal_setup/manage_exportAllSteps
GET portal_setup/manage_main
FORM portal_setup/manage_exportAllSteps << x=1
GET portal_workflow/manage_main
GET portal_workflow/getCatalogVariablesFor?ob=x
GET portal_workflow/getInfoFor?ob=$P&name=review_state
GET portal_types/manage_main
GET portal_actions/manage_main
GET portal_transforms/manage_main
GET portal_view_customizations/manage_main
GET portal_skins/custom/manage_main
GET portal_membership/getHomeFolder
GET portal_membership/searchForMembers?name=a
GET portal_memberdata/manage_main
GET portal_registration
GET portal_url/getPortalObject
GET portal_properties/manage_main
GET portal_redirection/manage_main
GET portal_linkintegrity
GET portal_quickinstaller
GET portal_resources/manage_main
GET portal_registry/manage_main
GET portal_uidhandler/getObject?uid=1
GET portal_uidannotation
GET reference_catalog/manage_main
GET uid_catalog/manage_main
GET acl_users/manage_main
GET acl_users/source_users/manage_users
GET acl_users/party_users/manage_main
GET acl_users/searchUsers
GET MailHost/manage_main
GET error_log/manage_main
GET error_log/getLogEntries
GET error_log/getLogEntryById?id=1
GET error_log/getLogEntryAsText?id=1
GET @@error-log-form
GET RAMCache/manage_main
GET HTTPCache/manage_main
GET ResourceRegistryCache/manage_main
GET translation_service/manage_main
GET intids
GET five_intid
GET plone.app.redirector.interfaces.IRedirectionStorage
GET content_type_registry/manage_main
GET caching_policy_manager/manage_main
GET plone_utils/getOwnerName?obj=$P
GET @@redirection-controlpanel
GET @@redirection-controlpanel?form.button.Download=1
GET @@inspect-relations
GET @@rebuild-relations
GET @@installer
GET @@installer/portal_setup
GET @@overview-controlpanel
GET @@maintenance-controlpanel
GET @@caching-controlpanel-ramcache
GET @@usergroup-userprefs?searchstring=a
GET @@usergroup-groupprefs
GET @@resourceregistry-controlpanel
GET @@dexterity-types
GET @@theming-controlpanel
GET @@export_content
FORM @@export_content << portal_type:list=OutgoingDocument&portal_type:list=IncomingDocument&include_blobs=1&form.submitted=1&download_to_server=0
FORM @@export_content << portal_type:list=OutgoingDocument&include_blobs=2&form.submitted=1&download_to_server=1&path=/$Q&depth=-1
GET @@export_relations?form.submitted=1
GET @@export_localroles?form.submitted=1
GET @@export_members?form.submitted=1
GET @@export_ordering?form.submitted=1
GET @@export_discussion?form.submitted=1
GET @@export_portlets?form.submitted=1
GET @@export_redirects?form.submitted=1
GET @@export_versions?form.submitted=1
POSTJ @export << {}
POSTJ @export << {"paths": ["/"]}
POSTJ @import << {}
GET @@plone-exporter
GET manage_exportAllSteps
POSTJ @email-send << {"to": "x@example.org", "message": "$B"}
POSTJ @email-notification << {"from": "x@example.org", "message": "x"}
GET robots.txt
GET favicon.ico
GET ok
GET @@ok
POST RPC2 ; Content-Type: text/xml << <?xml version="1.0"?><methodCall><methodName>Title</methodName></methodCall>
POST $P ; Content-Type: text/xml << <?xml version="1.0"?><methodCall><methodName>Title</methodName><params/></methodCall>
POST $P ; Content-Type: text/xml << <?xml version="1.0"?><methodCall><methodName>propertyItems</methodName><params/></methodCall>
POST $Q ; Content-Type: text/xml << <?xml version="1.0"?><methodCall><methodName>objectIds</methodName><params/></methodCall>
"""  # noqa: E501 - a request stands on one line


def channels() -> Iterator[Channel]:
    """Every channel of the table above."""
    yield from table("tool", _TOOLS)
