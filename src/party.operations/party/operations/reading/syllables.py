"""Which letters can be a Vietnamese syllable (âm tiết): the check behind what a file's text is believed to be."""

import re
import unicodedata
from functools import lru_cache


_ONSETS = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = (
    "uyêch|uyên|uyêt|uyết|iêng|iêm|iên|iêp|iêt|iêc|iêu|yêm|yên|yêt|yêu|uông|uôm|uôn|uôt|uôc|uôi|ương|ươm|ươn|ươp|ươt|ươc|ươi|ươu|"
    "oang|oanh|oach|oac|oam|oan|oap|oat|oai|oay|oao|oăng|oăc|oăm|oăn|oăt|oeo|oen|oet|oong|ooc|"
    "uâng|uân|uât|uây|uênh|uêch|uyt|uynh|uych|uyu|uya|uyn|uyp|"
    "anh|ach|ang|ac|am|an|ap|at|ai|ay|ao|au|ăng|ăc|ăk|ăm|ăn|ăp|ăt|âng|âc|âm|ân|âp|ât|âu|ây|"
    "eng|ec|ek|em|en|ep|et|eo|ênh|êch|êm|ên|êp|êt|êu|inh|ich|im|in|ip|it|iu|ia|ya|"
    "ong|oc|ok|om|on|op|ot|oi|ông|ôc|ôk|ôm|ôn|ôp|ôt|ôi|ơm|ơn|ơp|ơt|ơi|"
    "ung|uc|uk|um|un|up|ut|ui|ưng|ưc|ưm|ưn|ưt|ưi|ưu|ua|ưa|oa|oe|uê|uy|uơ|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """True if ``word`` can be one Vietnamese syllable in either case, with one tone at most: "Nguyễn", "uỷ", "Đắk"."""
    parts = unicodedata.normalize("NFD", word.lower())
    if len(_TONES.findall(parts)) > 1:
        return False
    bare = unicodedata.normalize("NFC", _TONES.sub("", parts))
    return bool(_SYLLABLE.fullmatch(bare))
