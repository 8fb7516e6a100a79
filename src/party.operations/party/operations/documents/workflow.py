"""Workflow states as Plone shows them (trạng thái): a projection of the ledger, without permissions.

The definitions are made from the policy. Only operations change a state; no transition is offered to anybody, and the
history is the event journal, so the object keeps its present state alone.
"""

from typing import Any

from DateTime import DateTime
from persistent.mapping import PersistentMapping
from Products.CMFCore.utils import getToolByName
from Products.DCWorkflow.DCWorkflow import DCWorkflowDefinition
from zope.component.hooks import getSite

from party.operations.confidentiality import actor
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.ledger import clock


#: workflow id, first state and labels by portal type
WORKFLOWS = {
    "IncomingDocument": ("party_incoming", "received", INCOMING_STATES),
    "OutgoingDocument": ("party_outgoing", "draft", OUTGOING_STATES),
}


def install() -> None:
    """Make or refresh the workflow definitions and bind them to the types (GenericSetup)."""
    tool = getToolByName(getSite(), "portal_workflow")
    for portal_type, (workflow_id, first, labels) in WORKFLOWS.items():
        if workflow_id in tool.objectIds():
            tool._delObject(workflow_id)
        definition = DCWorkflowDefinition(workflow_id)
        definition.title = portal_type
        for state, label in labels.items():
            definition.states.addState(state)
            definition.states[state].setProperties(title=str(label))
        definition.states.setInitialState(first)
        definition.variables.setStateVar("review_state")
        tool._setObject(workflow_id, definition)
        tool.setChainForPortalTypes([portal_type], workflow_id)
    # these have no state, and a stock workflow would write its permissions over those of the class
    tool.setChainForPortalTypes(("Unit", "Shelf", "Register"), ())


def show_state(document: Any, state: str) -> None:
    """Write the state of the ledger on the object and into the catalogue."""
    workflow_id = WORKFLOWS[document.portal_type][0]
    status = {
        "review_state": state,
        "actor": actor.current(),
        "time": DateTime(clock.now()),
        "action": None,
        "comments": "",
    }
    document.workflow_history = PersistentMapping({workflow_id: (status,)})
    document.reindexObject(idxs=["review_state"])
