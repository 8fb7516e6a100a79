"""Channels on a document itself: its address and everything that can be called below it.

One line for each way in; see :mod:`.channel` for how a line is read.
"""

from collections.abc import Iterator

from tests.leaks.channel import Channel
from tests.leaks.channel import table


_DIRECT = """
GET $P
GET $P/
GET $P/view
GET $P?ajax_load=1
GET $P;x=1
GET $P//
GET /$P
GET $P/.
GET ./$P
GET $Q/../$P
GET $P ; Accept: text/plain
GET $P ; Accept: */*
GET $P ; Accept: application/schema+json
GET $P ; Accept: text/calendar
GET $P ; Accept: application/xml
GET $P ; Accept-Encoding: gzip
GET $P ; If-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT
GET $P ; If-None-Match: *
GET $P ; Range: bytes=0-1000
JSON $P
JSON $P?fullobjects=1
JSON $P?include_items=1&expand=breadcrumbs,actions,workflow,types,navigation,lock,inherit,aliases,contextnavigation,translations
JSON ++api++$P
GET ++api++$P
GET ++api++/$P/@@title
JSON $P?metadata_fields=_all
GET $O$P
GET $O/$I
GET $Q/$I/$I
GET $Q/$I/@@title
GET $O$P/@@title
GET $O$P/view
JSON $O$P
GET $P/title
GET $P/$I
GET $P/..
GET $P/aq_parent
GET $P/absolute_url
GET $P/nothing-here
GET $P/@@nothing-here
JSON $P/@nothing-here
JSON $P/nothing-here
GET d/$U
GET d/$U/
GET d/$U/view
GET d/$U/@@view
GET @@d/$U
GET ++view++d/$U
GET d/$U/@@title
GET d/$U/title
JSON d/$U
JSON d/$U/@history
GET d/$U/@@file
GET d/$U/@@file/$F
GET d/$U/@@file?file=$F
GET d/$U/@@file?id=$F
GET d/$U/@@page-image?file=$F&page=1&width=900
GET d/$U/@@page-words?file=$F&page=1
GET d/$U/@@page-hits?file=$F&q=a
GET $P/@@page-image?file=$F&page=1&width=900
HEAD d/$U/@@page-image?file=$F&page=1&width=900
FORM d/$U/@@undo << form.buttons.save=1
GET d/$U/@@nothing-here
GET $P/@@file/$F
GET $P/@@file?file=$F
GET $O/d/$U
GET $Q/d/$U
GET $Q/@@d/$U
JSON @documents/$U
GET @documents/$U
JSON @documents/$U/files/$F
GET @documents/$U/files/$F ; Accept: application/json ; Range: bytes=0-100
JSON @documents/$U/history
JSON @documents/$U/deliveries
JSON @documents/$U/nothing
JSON $Q/@documents/$U
JSON $P/@documents/$U
JSON ++api++/@documents/$U
GET @@GET_application_json_@documents/$U
HEAD $P
HEAD d/$U
HEAD $P/@@file/$F
HEAD @documents/$U
HEAD @documents/$U/files/$F ; Accept: application/json
POST $P
FORM $P << x=1
FORM d/$U << x=1
FORM $P/view << form.submitted=1
POSTJ $P << {}
POSTJ @documents/$U << {}
"""

#: stock views that are open to everybody, and what stands below them
_VIEWS = """
GET $P/@@title
GET $P/@@description
GET $P/@@main_template
GET $P/main_template
GET $P/@@sitemap
GET $P/sitemap
GET $P/@@sitemap_builder_view/siteMap
GET $P/@@contact-info
GET $P/contact-info
GET $P/@@passwordreset
GET $P/passwordreset/x
GET $P/@@mail_password_response
GET $P/@@mail_password
GET $P/@@plone_context_state/object_title
GET $P/@@plone_context_state/workflow_state
GET $P/@@plone_context_state/object_url
GET $P/@@plone_context_state/view_url
GET $P/@@plone_context_state/view_template_id
GET $P/@@plone_context_state/parent
GET $P/@@plone_context_state/canonical_object
GET $P/@@plone_context_state/canonical_object_url
GET $P/@@plone_context_state/current_page_url
GET $P/@@plone_context_state/is_folderish
GET $P/@@plone_context_state/actions
GET $P/@@breadcrumbs_view/breadcrumbs
GET $P/@@uuid
GET $P/uuid
GET $P/@@absolute_url
GET $P/@@plone
GET $P/@@plone/getCurrentUrl
GET $P/@@plone/getCurrentFolderUrl
GET $P/@@plone/getCurrentObjectUrl
GET $P/@@plone/navigationRootPath
GET $P/@@plone/isDefaultPageInFolder
GET $P/@@plone/getParentObject
GET $P/@@plone_portal_state/portal_title
GET $P/@@plone_portal_state/member
GET $P/@@plone_interface_info/get_interfaces
GET $P/@@plone_interface_info/get_class
GET $P/@@plone_interface_info/provides
GET $P/@@plone_patterns_settings
GET $P/@@plone_nextprevious_view/next
GET $P/@@plone_nextprevious_view/previous
GET $P/@@plone_lock_info/lock_info
GET $P/@@plone_lock_info/is_locked
GET $P/@@plone_layout/bodyClass
GET $P/@@plone_layout/getIcon
GET $P/@@iconresolver
GET $P/@@display-file
GET $P/@@sendto_form
GET $P/sendto_form
GET $P/@@render-toolbar
GET $P/@@render-portlet
GET $P/@@party-frame
GET $P/@@party-frame/person
GET $P/@@five_template
GET $P/@@prefs_main_template
GET $P/@@standard_macros
GET $P/@@get_macros
GET $P/@@footer
GET $P/@@colophon
GET $P/@@global_statusmessage
GET $P/@@language-switcher
GET $P/@@insufficient-privileges
GET $P/@@require_login
GET $P/require_login
GET $P/@@login
GET $P/login_form
GET $P/@@logout
GET $P/@@logged-out
GET $P/@@site-logo
GET $P/@@custom.css
GET $P/@@favicon.ico
GET $P/@@ok
GET $P/@@view_get_menu
GET $P/@@z3cform_validate_field
FORM $P/@@z3cform_validate_field << fieldname=form.widgets.title&form.widgets.title=x
GET $P/@@stringinterp_info
GET $P/@@getSource
GET $P/+/title
GET $P/+
GET $P/@@robots.txt
GET $P/sitemap.xml.gz
GET $P/@@not_translated_yet
GET $P/@@socialmedia
GET $P/@@catalogCounter
GET $P/@@pas_info
GET $P/@@workflow
GET $P/@@lastModified
GET $P/@@event_listing
GET $P/@@ics_view
GET $P/ics_view
GET $P/@@event_listing_ical
GET $P/RSS
GET $P/rss.xml
GET $P/atom.xml
GET $P/search_rss
GET $P/@@search?SearchableText=$B*
GET $P/@@full_review_list
GET $P/@@allow_upload
GET $P/folder_listing
GET $P/folder_contents
GET $P/@@folder_contents
GET $P/@@fc-contextInfo
GET $P/@@getVocabulary?name=plone.app.vocabularies.Catalog
GET $P/@@querybuilderresults
GET $P/@@delete_confirmation
GET $P/@@delete_confirmation_info
GET $P/@@content_status_history
GET $P/@@content_status_modify
GET $P/@@sharing
GET $P/@@updateSharingInfo
GET $P/@@local_roles
GET $P/@@manage-aliases
GET $P/@@manage-portlets
GET $P/@@manage-content-rules
GET $P/@@select_default_view
GET $P/@@placeful-workflow-configuration
GET $P/@@export_content
GET $P/@@test-rendering
GET $P/test_rendering
GET $P/@@recently_modified
GET $P/@@recently_published
GET $P/@@text-transform/title
GET $P/@@roles
GET $P/@@security
"""

_WIDGETS = """
title
description
note
issuer
number_symbol
signer
document_date
arrival_date
deadline
pages
copies
suffix
type
urgency
files
file
recipients
comment
reason
directive
level
IDublinCore.title
IDublinCore.description
IDublinCore.subjects
IBasic.title
IBasic.description
IRichText.text
IVersionable.changeNote
IShortName.id
IOwnership.creators
new_id
new_title
"""
_FORMS = ("edit", "@@edit", "object_rename", "@@change", "@@transfer", "view", "@@register", "++add++OutgoingDocument")

_ATTRIBUTES = """
Title Description Subject Creator Contributors CreationDate ModificationDate EffectiveDate ExpirationDate Date Type Format
Language Rights Publisher Identifier getId id UID title description title_or_id title_and_id getIcon getIconURL icon
getPortalTypeName portal_type getTypeInfo absolute_url absolute_url_path virtual_url_path getPhysicalPath creation_date
modification_date effective_date expiration_date created modified effective expires listCreators listContributors OPTIONS
HEAD propertyItems propertyValues propertyIds propertyMap getProperty valid_roles get_local_roles get_valid_userids
users_with_local_role getOwner getWrappedOwner owner_info workflow_history review_state opaqueItems opaqueIds objectIds
objectValues objectItems contentIds contentValues listFolderContents getFolderContents file image text data size get_size
getObjSize SearchableText isPrincipiaFolderish tpValues tpURL manage_options meta_type getLayout getDefaultPage
level reveal files versions latest version own_files recipients signature number_symbol issuer signer note register
issuer_unit drafter drafting_unit revision unit replies_to source_document deadline sealed record body blob
cb_isCopyable cb_isMoveable wl_lockValues wl_lockTokens wl_isLocked EditableBody PrincipiaSearchSource getattr __dict__
__class__ __ac_local_roles__ __annotations__ aq_parent aq_inner aq_chain aq_base REQUEST portal_catalog portal_url acl_users
"""

_NAMESPACES = """
GET $P/++attribute++title
GET $P/++attribute++note
GET $P/++attribute++files
GET $P/++attribute++versions
GET $P/++attribute++__dict__
GET $P/++acquire++title
GET $P/++acquire++$I
GET $P/++view++view
GET $P/++view++title
GET $P/++view++file/$F
GET $P/++view++uuid
GET $P/++view++change
GET $P/++etc++site
GET $P/++skin++x
GET $P/++resource++x
GET $P/++widget++title
GET $P/++widget++title/@@ploneform-render-widget
GET $P/++widget++file/@@download
GET $P/++widget++form.widgets.files/@@download
GET $P/++theme++x
GET $P/++plone++static
GET $P/++webresource++x
GET $P/++contextportlets++plone.leftcolumn
GET $P/++dashboard++plone.dashboard1
GET $P/++rule++x
GET $P/++groupportlets++x
GET $P/++add++OutgoingDocument
GET $P/++debug++source
GET $P/++lang++vi
GET $P/++vh++http:localhost:80
GET ++attribute++title/$P
GET ++acquire++$I
GET $Q/++acquire++$I
GET $Q/++acquire++$I/@@title
GET $Q/++item++$I
"""

_DAV = """
PROPFIND $P ; Depth: 0
PROPFIND $P ; Depth: 1
PROPFIND $P ; Depth: infinity
PROPFIND $Q ; Depth: 1
PROPFIND $Q ; Depth: infinity
PROPFIND d/$U ; Depth: 0
PROPFIND $P ; Depth: 0 ; Content-Type: text/xml << <?xml version="1.0"?><propfind xmlns="DAV:"><allprop/></propfind>
PROPFIND $P ; Depth: 0 ; Content-Type: text/xml << <?xml version="1.0"?><propfind xmlns="DAV:"><prop><displayname/></prop></propfind>
GET $P/PROPFIND
GET $P/OPTIONS
GET $P/HEAD
GET $P/LOCK
GET $P/COPY
GET $P/PUT
GET d/$U/PROPFIND
PROPPATCH $P ; Content-Type: text/xml << <?xml version="1.0"?><propertyupdate xmlns="DAV:"/>
OPTIONS $P
OPTIONS d/$U
OPTIONS $P ; Access-Control-Request-Method: GET ; Origin: http://evil.example
TRACE $P
LOCK $P ; Depth: 0 ; Content-Type: text/xml << <?xml version="1.0"?><lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype></lockinfo>
UNLOCK $P ; Lock-Token: <opaquelocktoken:x>
MKCOL $P
MKCOL $P/x
COPY $P ; Destination: http://$H/x-copy
MOVE $P ; Destination: http://$H/x-move
PUT $P << x
PUT $P/x << x
REPORT $P ; Content-Type: text/xml << <?xml version="1.0"?><sync-collection xmlns="DAV:"/>
SEARCH $P
CONNECT $P
PATCH $P ; Accept: application/json ; Content-Type: application/json << {"title": "x"}
DELETE $P
DELETE $P ; Accept: application/json
DELETE d/$U
PUT $P ; Accept: application/json << {}
GET $P/manage_DAVget
GET $P/manage_FTPget
GET $P/manage_FTPstat
GET $P/manage_FTPlist
GET $P/document_src
GET $P/PrincipiaSearchSource
BREW $P
get $P
GET $P ; X-HTTP-Method-Override: PROPFIND
POST $P ; X-HTTP-Method-Override: GET ; Accept: application/json
FORM $P << _method=GET
"""  # noqa: E501 - a request stands on one line


def channels() -> Iterator[Channel]:
    """Every channel of the tables above."""
    yield from table("direct", _DIRECT)
    yield from table("view", _VIEWS)
    for form in _FORMS:
        for name in _WIDGETS.split():
            yield Channel("widget", "GET", f"$P/{form}/++widget++{name}/@@ploneform-render-widget")
    for name in ("title", "files", "IRichText.text"):
        yield Channel("widget", "GET", f"$P/edit/++widget++{name}/@@getSource")
        yield Channel("widget", "GET", f"$P/edit/++widget++{name}/@@download")
        yield Channel("widget", "GET", f"d/$U/@@change/++widget++{name}/@@ploneform-render-widget")
        yield Channel("widget", "GET", f"d/$U/@@change/++widget++form.widgets.{name}/@@ploneform-render-widget")
    for name in _ATTRIBUTES.split():
        yield Channel("attribute", "GET", f"$P/{name}")
    yield from table("namespace", _NAMESPACES)
    yield from table("webdav", _DAV)
