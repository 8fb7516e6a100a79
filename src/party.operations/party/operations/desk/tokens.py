"""Tokens against forged requests stand in forms that are sent, never in addresses (mã chống giả mạo yêu cầu)."""

from typing import Any

from plone.protect.auto import ProtectTransform


class TokensInPosts(ProtectTransform):
    """Plone gives its token to every form; one that only asks for a page would carry it into the address."""

    def transform(self, result: Any, encoding: str) -> Any:
        """The page with tokens where something is written alone."""
        protected = super().transform(result, encoding)
        if protected is not None:
            for field in protected.tree.xpath("//form[not(@method) or @method='get']//input[@name='_authenticator']"):
                field.getparent().remove(field)
        return protected
