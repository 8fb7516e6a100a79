"""Which addresses and verbs the outside may use (địa chỉ được phép): everything else is a page that does not exist.

The front asks before Zope sees the request (:func:`is_open`), and the request asks again when it is traversed
(:func:`names_are_open`): a form may add a step to its address by a field ``name:method``.
"""

import re


#: verbs that pages use
_OF_PAGES = ("GET", "HEAD", "POST")
#: verbs that services use besides
_OF_SERVICES = ("PATCH", "DELETE")
#: the one service that replaces a whole: the prepared routes of a unit
_PUT = re.compile(r"(?:/\+\+api\+\+)?/@units/[^/]+/routes/?")

#: where Plone's cookie login sends who must log in; the one address of a tool that is needed
_LOGIN = "/acl_users/credentials_cookie_auth/require_login"

#: ``++namespace++`` that pages of the site use; others compute values of an object before its permission is asked
_NAMESPACES = frozenset({"add", "api", "plone", "resource", "theme", "unique", "webresource"})
_NAMESPACE = re.compile(r"\+\+(\w*)\+\+(.*)")

_CLOSED = re.compile(
    "|".join(
        (
            # Zope's management pages and Plone's of the same kind
            r"manage(?:[_-].*)?",
            # instructions of Zope to itself
            r"VirtualHost(?:Base|Root)|_vh_.*|virtual_hosting",
            # verbs as names: the publisher takes them for a method of the object
            r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|PURGE",
            r"PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH|ACL|BIND|CHECKIN|CHECKOUT|MERGE",
            # services by the name under which they are registered as views
            r"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)_.*",
            # tools, which are no pages, and what lies beside the content of a site
            r"portal_(?!tabs_view$).*|acl_users|Control_Panel|error_log|content_type_registry|mimetypes_registry",
            r"MailHost|HTTPCache|RAMCache|ResourceRegistryCache|caching_policy_manager|plone_utils|translation_service",
            r"browser_id_manager|session_data_manager|temp_folder|standard_error_message|index_html|.*_catalog",
            # values of any field of any form
            r"ploneform-render-widget|z3cform_validate_field",
            # helpers of templates, which say title, state, ancestors or interfaces of what they are called on
            r"title|description|main_template|plone_context_state|plone_interface_info|plone_nextprevious_view",
            r"breadcrumbs_view|sitemap_builder_view|plone_patterns_settings|mail_password_response|absolute_url",
            r"plone_lock_info|plone_lock_operations|plone_tools|plone_layout|iterate_control|stringinterp_info",
            r"plone\.outputfilters_captioned_image|getSource|uuid|UID|get-?[Uu]uid",
            # everything of a site, out and in, goes by the command line
            r"(?:export|import)_(?:all|content|members|localroles|ordering|defaultpages|discussion|portlets|relations|"
            r"redirects|translations|other)|fix_html|reset_dates",
        )
    )
)


def is_open(method: str, path: str, accept: str) -> bool:
    """May a request of this verb be made to ``path`` (as text, from the root of the host)?"""
    if method == "PUT":
        return _PUT.fullmatch(path) is not None
    if method not in _OF_PAGES:
        rest = "json" in accept or "/++api++" in path
        if method not in _OF_SERVICES or not rest:
            return False
    return names_are_open(path)


def names_are_open(path: str) -> bool:
    """May every step of ``path`` be taken?"""
    return path.rstrip("/") == _LOGIN or all(map(_is_open, path.split("/")))


def _is_open(name: str) -> bool:
    name = name.removeprefix("@@")
    namespaced = _NAMESPACE.fullmatch(name)
    if namespaced:
        return namespaced[1] in _NAMESPACES and _is_open(namespaced[2])
    return _CLOSED.fullmatch(name) is None
