"""The Plone test layer: a classic site in Vietnamese with the add-on installed."""

from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PLONE_FIXTURE
from plone.app.testing import PloneSandboxLayer
from plone.registry.interfaces import IRegistry
from plone.testing.zope import WSGI_SERVER_FIXTURE
from Products.CMFPlone.Portal import PloneSite
from zope.component import getUtility
from zope.configuration import xmlconfig
from zope.configuration.config import ConfigurationMachine

from tests import clearances
from tests import office


class PartyLayer(PloneSandboxLayer):
    """Sets up what the demonstration site has, with the small office of :mod:`tests.office`."""

    defaultBases = (PLONE_FIXTURE,)

    def setUpZope(self, app: object, configurationContext: ConfigurationMachine) -> None:
        """Load the add-on's ZCML."""
        import party.operations

        # Plone's own catalogues are registered by now, so that ours add texts here but override none: see tests/e2e
        xmlconfig.file("translations.zcml", party.operations, context=configurationContext)
        xmlconfig.file("configure.zcml", party.operations, context=configurationContext)

    def setUpPloneSite(self, portal: PloneSite) -> None:
        """Apply the profiles of a classic site, then ours."""
        portal.setLanguage("vi")
        registry = getUtility(IRegistry)
        registry["plone.default_language"] = "vi"
        registry["plone.available_languages"] = ["vi"]
        registry["plone.portal_timezone"] = "Asia/Ho_Chi_Minh"
        registry["plone.available_timezones"] = ["Asia/Ho_Chi_Minh"]
        portal.portal_workflow.setDefaultChain("simple_publication_workflow")
        for profile in ("plone.app.layout:default", "plonetheme.barceloneta:default", "party.operations:default"):
            applyProfile(portal, profile)
        newSecurityManager(None, system)
        self["office"] = office.build()
        clearances.appoint(self["office"])


PARTY_FIXTURE = PartyLayer()
INTEGRATION = IntegrationTesting(bases=(PARTY_FIXTURE,), name="PartyLayer:Integration")
FUNCTIONAL = FunctionalTesting(bases=(PARTY_FIXTURE, WSGI_SERVER_FIXTURE), name="PartyLayer:Functional")
