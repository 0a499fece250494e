"""English: parts of speech, noun phrases and grammatical relations."""

from marsad.lang.en.pack import EnglishPack

PACK = EnglishPack
