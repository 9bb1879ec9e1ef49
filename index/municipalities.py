"""Denmark's 98 municipalities, by the name that stands before "Kommune", without the genitive s."""

MUNICIPALITIES = frozenset(
    """
    Aabenraa Aalborg Aarhus Albertslund Allerød Assens Ballerup Billund Bornholm Brøndby Brønderslev Dragør
    Egedal Esbjerg Fanø Favrskov Faxe Fredensborg Fredericia Frederiksberg Frederikshavn Frederikssund Furesø
    Faaborg-Midtfyn Gentofte Gladsaxe Glostrup Greve Gribskov Guldborgsund Haderslev Halsnæs Hedensted Helsingør
    Herlev Herning Hillerød Hjørring Holbæk Holstebro Horsens Hvidovre Høje-Taastrup Hørsholm Ikast-Brande Ishøj
    Jammerbugt Kalundborg Kerteminde Kolding København Køge Langeland Lejre Lemvig Lolland Lyngby-Taarbæk Læsø
    Mariagerfjord Middelfart Morsø Norddjurs Nordfyn Nyborg Næstved Odder Odense Odsherred Randers Rebild
    Ringkøbing-Skjern Ringsted Roskilde Rudersdal Rødovre Samsø Silkeborg Skanderborg Skive Slagelse Solrød Sorø
    Stevns Struer Svendborg Syddjurs Sønderborg Thisted Tønder Tårnby Vallensbæk Varde Vejen Vejle
    Vesthimmerland Viborg Vordingborg Ærø
    """.split()
)

ALSO_WORDS = frozenset({"Faxe", "Greve", "Lejre", "Odder", "Skive", "Struer", "Vejen"})
"""Those whose names are Danish words: "vejen ved skolen" is no municipality."""

REGIONS = frozenset({"Hovedstaden", "Midtjylland", "Nordjylland", "Sjælland", "Syddanmark", "Østdanmark"})
"""Denmark's regions, by the name that stands behind "Region"."""
