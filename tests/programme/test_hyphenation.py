"""Words of the field break where Finnish breaks them."""

import pyphen
import pytest

from programme import hyphenation

# Each word with every break it may have; a bar is a compound border, the only kind a heading may use.
WORDS = [
    "alue|kes-kus|oh-jelma",
    "alue|kes-kus|oh-jel-man",
    "kehi-tys|yh-teis|työ",
    "kau-pun-ki|seu-dun",
    "raken-ne|mal-li|tar-kas-te-lun",
    "hyvin|voin-ti|pal-ve-lu|työ|ryh-män",
    "pal-ve-lu|lii-ke|toi-min-nan",
    "mark-ki-noin-ti|vies-tin-nän",
    "elin|kei-no|po-li-tii-kan",
    "maan|käyttö",
    "työ|va-lio-kun-nalle",
    "osa|vuo-si|seu-ran-taa",
    "lii-ken-ne|jär-jes-tel-mät",
    "asun-to|po-liit-ti-nen",
    "kus-tan-nus|te-hok-kaita",
    "pal-ve-lu|tuo-tan-non",
    "inno-vaa-tio|ym-pä-ristö",
    "toi-min-ta|ym-pä-ris-tön",
    "yleis|kaa-va|tar-kas-telu",
    "työ|oh-jel-man",
    "talous|ar-vio",
    "yhty-mä|ko-kous",
    "seu-tu|hal-li-tus",
    "kun-ta|yh-tymä",
    "poik-kea-ma|il-moi-tus",
    "toteu-ma|ver-tailu",
    "kehit-tä-mis|ko-ko-nai-suuk-sien",
    "val-tuus-to|kau-sit-tain",
    "saa-vu-tet-ta-vuus|se-loste",
    "tilin|pää-tös|en-nuste",
    "rahoi-tus|lähde",
    "vuo-si|ta-voit-tei-den",
    "täy-tän-töön|pano",
    "tar-kas-tus|lau-ta-kunta",
    "pöy-tä|kirja",
    "esi-tys|lista",
    "luot-ta-mus|hen-kilö",
    "maa|kun-ta|kaava",
    "yhdys|kun-ta|ra-ken-teen",
    "seu-tu|sih-teeri",
    "kun-ta|joh-ta-ja|ko-kous",
    "osa|vuo-si|kat-saus",
    "elin|kei-no|elämä",
    "moni|muo-toi-sen",
    "suun-ni-tel-mal-li-sesti",
    "hyväk-sy-mis-me-net-tely",
    "kan-sain|vä-li-syys",
    "rapor-toin-ti|kau-den",
]


@pytest.mark.parametrize("word", WORDS)
def test_words_break_between_syllables_and_at_borders(word):
    whole = word.replace("-", "").replace("|", "")
    assert hyphenation.hyphenate(whole, soft=False) == word.replace("|", "-")


@pytest.mark.parametrize("word", WORDS)
def test_headings_break_at_borders_only(word):
    whole = word.replace("-", "").replace("|", "")
    assert hyphenation.hyphenate_heading(whole, soft=False) == word.replace("-", "").replace("|", "-")


def test_short_words_spaces_and_capitals_stay():
    assert hyphenation.hyphenate("Visio 2010: Aluekeskusohjelma, pääoma", soft=False) == (
        "Visio 2010: Alue-kes-kus-oh-jelma, pääoma"
    )


def test_soft_hyphens_are_the_only_change():
    sentence = "Kaupunkiseudun rakennemallitarkastelun eteenpäin vieminen"
    soft = hyphenation.hyphenate(sentence)
    assert soft != sentence
    assert soft.replace("\u00ad", "") == sentence


def test_the_pdf_renderer_finds_finnish():
    hyphenation.register()
    finnish = pyphen.Pyphen(lang=pyphen.language_fallback("fi"), left=3, right=3)
    assert finnish.inserted("aluekeskusohjelman") == "alue-kes-kus-oh-jel-man"


def test_every_compound_has_a_border_inside():
    stems = list(hyphenation._stems(hyphenation.COMPOUNDS))
    assert stems == sorted(set(stems))
    assert [stem for stem in stems if not all(stem.split("|")) or "|" not in stem] == []
