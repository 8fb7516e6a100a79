"""The site of this application: its name in the database and how it is made."""

import importlib
import importlib.util
import json
import os
from pathlib import Path

import transaction
from OFS.Application import Application
from plone.distribution.api import site as distribution_site
from Products.CMFPlone.Portal import PloneSite
from zope.component.hooks import setSite


#: id of the site in the database's root; the front serves it as the root of the host
SITE_ID = "party"
TITLE = "Hệ thống thông tin điều hành tác nghiệp"
PROFILE = "profile-party.operations:default"

_ANSWERS = {
    "site_id": SITE_ID,
    "title": TITLE,
    "description": "",
    "default_language": "vi",
    "portal_timezone": "Asia/Ho_Chi_Minh",
    "setup_content": False,
}


def var_directory() -> Path:
    """Where this installation keeps its data: the directory named by ``PARTY_VAR``."""
    return Path(os.environ["PARTY_VAR"])


def create_site(app: Application) -> PloneSite:
    """Make the Vietnamese site with the add-on in the root of the database, and commit; leave one that exists."""
    if SITE_ID in app:
        return app[SITE_ID]
    distribution_site.create(app, "classic", _ANSWERS)
    site = app[SITE_ID]
    setSite(site)
    site.portal_setup.runAllImportStepsFromProfile(PROFILE)
    transaction.commit()
    return site


def accounts_file() -> Path:
    """JSON list of the accounts to try, ``[{login, name, role, unit}]``; it exists when the demonstration does."""
    return var_directory() / "demo-accounts.json"


def create_demonstration(site: PloneSite, password: str) -> None:
    """Fill the site with the demonstration organisation, every account with ``password``, and commit; once."""
    if accounts_file().exists() or importlib.util.find_spec("party.operations.demo") is None:
        return
    demo = importlib.import_module("party.operations.demo")
    accounts = demo.build(site, password)
    transaction.commit()
    accounts_file().write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")
