"""The operations information system of Vietnamese Party offices (hệ thống thông tin điều hành tác nghiệp)."""

from zope.i18nmessageid import MessageFactory


_ = MessageFactory("party.operations")
