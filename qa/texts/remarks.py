"""What reading says of documents, in Danish. The readers speak English, since the command prints what they say."""

from __future__ import annotations

import re

from qa.models import Language

# Each remark as it is said, with (.+) for what varies, and in Danish, with {} for the same.
_DANISH = {
    "this format is not read. (.+)": "Formatet kan ikke læses. Gem referatet som .txt, .md, .html, .docx eller .pdf.",
    "not a file. Give the path of a file, or of a folder.": "Det er ikke en fil. Vælg en fil eller en mappe.",
    "the file's name is not text. Rename it.": "Filens navn er ikke tekst. Giv filen et andet navn.",
    r"cannot be read \((.+)\). Check that you may open it.": "Filen kan ikke læses ({}). Undersøg, om du må åbne den.",
    "larger than (.+) MB. Split it into one file for each meeting.": (
        "Filen er større end {} MB. Del den op i én fil pr. møde."
    ),
    "the file is empty, or holds no text. Save the minutes anew, or leave it out.": (
        "Filen er tom eller indeholder ingen tekst. Gem referatet igen, eller udelad filen."
    ),
    "not a text file. Save the minutes as text, and try again.": (
        "Det er ikke en tekstfil. Gem referatet som tekst, og prøv igen."
    ),
    "holds more text than minutes do. Split it into one file for each meeting.": (
        "Filen indeholder mere tekst, end et referat gør. Del den op i én fil pr. møde."
    ),
    "nested more deeply than documents are. Copy its text to a new file, and try that.": (
        "Filen er bygget dybere op, end dokumenter er. Kopiér teksten til en ny fil, og prøv med den."
    ),
    r"damaged \((.+)\). Open it in the program that made it, and save it again.": (
        "Filen er beskadiget ({}). Åbn den i det program, den er lavet i, og gem den igen."
    ),
    "damaged: reading it fails. Open it in the program that made it, save it again, and try that.": (
        "Filen er beskadiget og kan ikke læses. Åbn den i det program, den er lavet i, gem den igen, og prøv med den."
    ),
    "takes longer to read than (.+) seconds, as no minutes do. (.+)": (
        "Det tager over {} sekunder at læse filen. Del den op i én fil pr. møde, eller kopiér teksten til en ny fil."
    ),
    "takes more than (.+) MB of memory to read, as no minutes do. (.+)": (
        "Filen kræver over {} MB hukommelse. Del den op i én fil pr. møde, eller kopiér teksten til en ny fil."
    ),
    "saved as Strict Open XML. Save it as an ordinary Word document (.+)": (
        "Filen er gemt som Strict Open XML. Gem den som et almindeligt Word-dokument (.docx)."
    ),
    "not a Word file. Open it in Word or LibreOffice, and save it as .docx.": (
        "Det er ikke en Word-fil. Åbn den i Word eller LibreOffice, og gem den som .docx."
    ),
    "protected by a password, or in Word's format before .docx. Save it as .docx without a password.": (
        "Filen har en adgangskode eller er i et ældre Word-format. Gem den som .docx uden adgangskode."
    ),
    "holds more than it says or than minutes do. Copy its text to a new file, and try that.": (
        "Filen indeholder mere, end den oplyser, eller end et referat gør. Kopiér teksten til en ny fil."
    ),
    "damaged or not a Word file. Open it in Word or LibreOffice, and save it as .docx again.": (
        "Filen er beskadiget eller ikke en Word-fil. Åbn den i Word eller LibreOffice, og gem den som .docx igen."
    ),
    r"scanned: its pages are pictures without text. Read it with --ocr \(.+\), or run OCR first, for instance: (.+)": (
        "Filen er skannet: Siderne er billeder uden tekst. Slå tekstgenkendelse til (indstillingen ocr, kræver "
        "tesseract), eller kør den først, for eksempel: {}"
    ),
    r"scanned, and tesseract is not there to read it. Install .+ \(.+apt install (.+)\), or run OCR first, .+: (.+)": (
        "Filen er skannet, og tesseract mangler til at læse den. Installér tesseract med dansk (på Debian og Ubuntu: "
        "apt install {}), eller kør tekstgenkendelse først, for eksempel: {}"
    ),
    r"tesseract cannot read it \((.+)\). Run OCR another way, for instance: (.+)": (
        "Tesseract kan ikke læse filen ({}). Kør tekstgenkendelse på en anden måde, for eksempel: {}"
    ),
    "has more than (.+) scanned pages. Split it into one file for each meeting.": (
        "Filen har over {} skannede sider. Del den op i én fil pr. møde."
    ),
    "damaged or not a pdf. Open it in a pdf reader, print it to a new pdf, and try that.": (
        "Filen er beskadiget eller ikke en pdf. Åbn den i en pdf-læser, udskriv den til en ny pdf, og prøv med den."
    ),
    "protected by a password. Save a copy without a password.": "Filen har en adgangskode. Gem en kopi uden.",
    "protected in a way that is not read. Save a copy without protection.": (
        "Filen er beskyttet på en måde, der ikke kan læses. Gem en kopi uden beskyttelse."
    ),
    "has more pages than minutes do. Split it into one file for each meeting.": (
        "Filen har flere sider, end et referat har. Del den op i én fil pr. møde."
    ),
    "no agenda items were found. If these are the minutes of a meeting, .+": (
        "Der blev ikke fundet nogen punkter. Er det et referat af et møde, så se efter, om filen har dets tekst og "
        "overskrifter, hver på sin egen linje. Ellers udelad filen."
    ),
    'The municipality of the meeting was not found. Add it above the first item, as in "(.+)".': (
        "Mødets kommune blev ikke fundet. Skriv den over det første punkt, som »{}«."
    ),
    'The body of the meeting was not found. Add it above the first item, as in "(.+)".': (
        "Mødets udvalg blev ikke fundet. Skriv det over det første punkt, som »{}«."
    ),
    'The date of the meeting was not found. Add it above the first item, as in "(.+)".': (
        "Mødets dato blev ikke fundet. Skriv den over det første punkt, som »{}«."
    ),
    '"(.+)" stands in the contents, but no such item was found. .+': (
        "»{}« står i indholdsfortegnelsen, men punktet blev ikke fundet. Se efter, om filen har det, og under hvilken "
        "overskrift."
    ),
    "Page (.+) is a picture without text, and was not read. Read the file with --ocr, or run OCR first: (.+)": (
        "Side {} er et billede uden tekst og blev ikke læst. Slå tekstgenkendelse til (indstillingen ocr), eller kør "
        "den først: {}"
    ),
    "the same as (.+), which answers.": "det samme som {}, der bruges.",
    r"an older account \((.+)\) of the meeting in (.+), which answers.": "en ældre udgave af mødet i {1}, der bruges.",
    r"in conflict with (.+), which answers: .+ \(item (.+)\). .+": (
        "i konflikt med {}, der bruges: De to har forskellige beslutninger fra samme møde (punkt {}). Se efter, "
        "hvilken der er rigtig, og fjern den anden."
    ),
    "line (.+?): (.+)": "linje {}: {}",
    "(.+) characters belong to nothing": "{} tegn hører ikke til noget",
    "no item has a decision; perhaps it is an agenda": "intet punkt har en beslutning; måske er det en dagsorden",
    "(.+) of (.+) open items have no decision(.*)": "{} af {} åbne punkter har ingen beslutning{}",
    "(.+) of (.+) open items have no title": "{} af {} åbne punkter har ingen titel",
    "(.+) of (.+) items have no number, while others have": "{} af {} punkter har intet nummer, mens andre har",
    "(.+) of (.+) outcomes are not understood(.*)": "{} af {} udfald er ikke forstået{}",
    "there is no item (.+) among the others": "punkt {} mangler blandt de andre",
    "(.+) % of the text stands in no item": "{} % af teksten står ikke i noget punkt",
}
_KNOWN = [(re.compile(said, re.DOTALL), danish) for said, danish in _DANISH.items()]


def remark(said: str, language: Language) -> str:
    """A remark in the reader's language; one that has no Danish yet stays as it was said."""
    if language == "da":
        for known, danish in _KNOWN:
            if found := known.fullmatch(said):
                return danish.format(*(remark(part, language) for part in found.groups()))
    return said
