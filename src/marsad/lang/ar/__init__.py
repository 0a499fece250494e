"""Arabic: clitics, parts of speech, noun phrases and grammatical relations."""

from marsad.lang.ar.pack import ArabicPack

PACK = ArabicPack
