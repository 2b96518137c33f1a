"""English, German, French and Romanian numbers."""

from __future__ import annotations

from compiler_flow.checks.numbers.languages import Language, several, words

ENGLISH = Language(
    decimal=".",
    cardinals=words(
        "zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 "
        "thirteen=13 "
        "fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 "
        "fifty=50 "
        "sixty=60 seventy=70 eighty=80 ninety=90 both/couple/pair/duo=2 trio=3 once/single=1"
    ),
    hundreds=words("hundred=100 dozen=12"),
    scales=words(
        "thousand=1e3 million=1e6 billion=1e9 trillion=1e12 k=1e3 m=1e6 b=1e9 t=1e12 mn/mln/mio=1e6 bn/bln=1e9 "
        "tn/trn/tln=1e12 mcm=1e6 bcm=1e9 tcm=1e12"
    ),
    ordinals=words(
        "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 "
        "twelfth=12 "
        "thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 "
        "twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70 eightieth=80 ninetieth=90 "
        "hundredth=100"
    ),
    fractions=words(
        "third/thirds=3 quarter/quarters=4 fourth/fourths=4 fifth/fifths=5 sixth/sixths=6 seventh/sevenths=7 "
        "eighth/eighths=8 ninth/ninths=9 tenth/tenths=10"
    ),
    halves=several("half"),
    vague=words("tens/dozens/scores=10 hundreds=100 thousands=1e3 millions=1e6 billions=1e9 trillions=1e12 decades=10"),
    months=words(
        "january/jan=1 february/feb=2 march/mar=3 april/apr=4 may=5 june/jun=6 july/jul=7 august/aug=8 "
        "september/sept/sep=9 october/oct=10 november/nov=11 december/dec=12"
    ),
    times=words(
        "doubled/doubles/doubling/double=2 twofold=2 tripled/triples/tripling/triple/trebled=3 threefold=3 "
        "quadrupled/quadrupling/fourfold=4 fivefold=5 sixfold=6 sevenfold=7 eightfold=8 tenfold=10 twice=2 thrice=3"
    ),
    soft=several("zero one both couple pair duo trio once single first second half quarter twice double"),
    several=several("several few couple many some"),
    articles=several("a an the every per"),
    joins=several("and"),
    of=several("of"),
    to=several("to through and or until till"),
    day_first=False,
    percent=r"(?:-?\s?percent(?:age)?\b|\s?per\s?cent\b|\s?pct\b|\s?%)",
    points=r"(?:-?\s?percentage[ -]points?\b|\s?(?:%|percent|per cent)[ -]points?\b|\s?pp\b|\s?p\.p\.)",
    basis=r"(?:-?\s?basis[ -]points?\b|\s?bps?\b)",
    ordinal_mark=r"(?:st|nd|rd|th)\b",
    decade_mark=r"['’]?s\b",
    times_mark=r"(?:\s?-?fold\b|\s?times\b|x\b)",
    below_zero=r"(?:\s?(?:°\s?[CF]?|degrees?)(?: Celsius| Fahrenheit)? below(?: zero| freezing)?\b"
    r"|\s?below (?:zero|freezing)\b)",
    clock=r"\s?(?P<half>[ap])\.?\s?m\b\.?|\s?o['’]clock",
)


def _german() -> dict[str, float]:
    ones = words("ein=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9")
    tens = words("zwanzig=20 dreißig/dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90")
    found = words(
        "null=0 eins/eine/einen/einem/einer=1 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 "
        "sechzehn=16 "
        "siebzehn=17 achtzehn=18 neunzehn=19 zweier=2 dreier=3 beide/beiden/beider=2"
    )
    found |= ones | tens
    found |= {f"{one}und{ten}": a + b for one, a in ones.items() for ten, b in tens.items()}
    found |= {f"{one}hundert": a * 100 for one, a in ones.items()}
    return found | {f"{one}tausend": a * 1000 for one, a in ones.items()}


_GERMAN_ADJECTIVE = "e|en|er|es|em"

GERMAN = Language(
    cardinals=_german(),
    hundreds=words("hundert=100 dutzend=12"),
    scales=words("tausend/tsd=1e3 million/millionen/mio=1e6 milliarde/milliarden/mrd=1e9 billion/billionen/bio=1e12"),
    ordinals=words(
        "erst~=1 zweit~=2 dritt~=3 viert~=4 fünft~=5 sechst~=6 siebt~/siebent~=7 acht~=8 neunt~=9 zehnt~=10 elft~=11 "
        "zwölft~=12 zwanzigst~=20",
        adjective=_GERMAN_ADJECTIVE,
    ),
    fractions=words("drittel/dritteln=3 viertel/vierteln=4 fünftel/fünfteln=5 sechstel=6 achtel=8 zehntel=10"),
    halves=several("halb halbe halben halber halbes hälfte"),
    vague=words("dutzende/dutzenden=10 hunderte/hunderten=100 tausende/tausenden=1e3 zehntausende/zehntausenden=1e4"),
    months=words(
        "januar/jänner=1 februar=2 märz=3 april=4 mai=5 juni=6 juli=7 august=8 september=9 oktober=10 november=11 "
        "dezember=12"
    ),
    times=words("verdoppelt/verdoppelte/verdoppeln/doppelt=2 verdreifacht/verdreifachte/dreimal=3 zweimal=2"),
    mixed=words("anderthalb/eineinhalb=1.5 zweieinhalb=2.5 dreieinhalb=3.5"),
    soft=several(
        "null ein eins eine einen einem einer beide beiden beider zwei halb halbe halben halber halbes hälfte "
        "doppelt "
        "zweimal erste ersten erster erstes erstem zweite zweiten zweiter zweites zweitem achten achte"
    ),
    several=several("mehrere einige paar"),
    articles=several("der die das ein eine einer einem"),
    joins=several("und"),
    to=several("bis und oder auf"),
    percent=r"\s?-?(?:%|prozent(?:ig\w*)?\b)",
    points=r"\s?-?(?:prozentpunkte?n?\b|%-punkte?n?\b)",
    basis=r"\s?basispunkte?n?\b",
    ordinal_mark=r"\.(?=\s+[A-ZÄÖÜ])",
    decade_mark=r"er(?:[ -]jahren?)?\b",
    times_mark=r"\s?-?(?:mal|fach\w*)\b",
    below_zero=r"(?:\s?(?:°\s?C?|grad)?(?: celsius)? unter null\b)",
    clock=r"\s?uhr\b(?:\s?(?P<minute>[0-5]\d)\b)?",
)

FRENCH = Language(
    cardinals=words(
        "zéro=0 un/une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 "
        "quatorze=14 quinze=15 seize=16 vingt/vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 "
        "nonante=90"
    ),
    hundreds=words("cent/cents=100 douzaine=12 quinzaine=15 vingtaine=20 trentaine=30 cinquantaine=50 centaine=100"),
    scales=words("mille/millier=1e3 million/millions/mio=1e6 milliard/milliards/mds/md/mrd=1e9 billion/billions=1e12"),
    ordinals=words(
        "premier/première=1 deuxième/second/seconde=2 troisième=3 quatrième=4 cinquième=5 sixième=6 septième=7 "
        "huitième=8 neuvième=9 dixième=10 onzième=11 douzième=12 vingtième=20"
    ),
    fractions=words("tiers=3 quart/quarts=4 cinquième/cinquièmes=5 sixième/sixièmes=6 dixième/dixièmes=10"),
    halves=several("demi demie moitié"),
    vague=words("dizaines/douzaines=10 centaines=100 milliers=1e3"),
    months=words(
        "janvier=1 février=2 mars=3 avril=4 mai=5 juin=6 juillet=7 août=8 septembre=9 octobre=10 novembre=11 "
        "décembre=12"
    ),
    times=words("doublé/doubler/double=2 triplé/triple/tripler=3 quadruplé=4"),
    soft=several("zéro un une deux premier première second seconde deuxième demi demie moitié double neuf six mille"),
    several=several("plusieurs quelques"),
    articles=several("le la les l un une"),
    joins=several("et"),
    of=several("de d"),
    to=several("à au et ou"),
    percent=r"\s?(?:%|pour cent\b)",
    points=r"\s?(?:points? de pourcentage\b|points? de %)",
    basis=r"\s?points? de base\b",
    ordinal_mark=r"(?:er|re|e|ème|eme|nd|nde)\b",
    times_mark=r"\s?fois\b",
    below_zero=r"(?!)",
    clock=r"\s?(?:h(?=\d|\b)|heures?\b)\s?(?P<minute>[0-5]\d)?",
)

ROMANIAN = Language(
    cardinals=words(
        "zero=0 un/unu/una/o=1 doi/două=2 trei=3 patru=4 cinci=5 șase/şase=6 șapte/şapte=7 opt=8 nouă=9 zece=10 "
        "unsprezece=11 doisprezece/douăsprezece=12 treisprezece=13 paisprezece=14 cincisprezece=15 "
        "șaisprezece/şaisprezece=16 șaptesprezece/şaptesprezece=17 optsprezece=18 nouăsprezece=19 "
        "douăzeci=20 treizeci=30 patruzeci=40 cincizeci=50 "
        "șaizeci=60 șaptezeci=70 optzeci=80 nouăzeci=90 ambele/ambii=2"
    ),
    hundreds=words("sută/sute=100 duzină=12"),
    scales=words(
        "mie/mii/miilor=1e3 milion/milionul/milioane/milioanele/milioanelor/mil/mln=1e6 "
        "miliard/miliardul/miliarde/miliardele/miliardelor/mld/mlrd=1e9 trilion/trilioane=1e12"
    ),
    ordinals=words(
        "primul/prima/primii/primele/primului=1 doilea/doua=2 treilea/treia=3 patrulea/patra=4 cincilea/cincea=5 "
        "șaselea/șasea/şaselea=6 șaptelea/șaptea=7 optulea/opta=8 nouălea/noua=9 zecelea/zecea=10"
    ),
    fractions=words("treime/treimi=3 sfert/sferturi=4 pătrime/pătrimi=4 cincime/cincimi=5 zecime/zecimi=10"),
    halves=several("jumătate jumătatea"),
    vague=words("zeci/zecile=10 sutele=100 miile=1e3 milioanele=1e6"),
    months=words(
        "ianuarie=1 februarie=2 martie=3 aprilie=4 mai=5 iunie=6 iulie=7 august=8 septembrie=9 octombrie=10 "
        "noiembrie=11 decembrie=12"
    ),
    times=words("dublat/dublu/dublă/dublarea=2 triplat/triplu/triplă=3"),
    soft=several(
        "zero un unu una o doi două ambele ambii jumătate jumătatea primul prima primii primele primului doilea doua "
        "noua nouă mai dublu dublă"
    ),
    several=several("câteva câțiva"),
    articles=several("un o cel cea al a"),
    joins=several("și şi"),
    of=several("de"),
    to=several("la și până sau"),
    percent=r"\s?(?:%|la sută\b|procente?\b)",
    points=r"\s?(?:puncte?(?:le)? procentuale?\b|p\.p\.)",
    basis=r"\s?(?:puncte? de bază\b)",
    ordinal_mark=r"-(?:lea|a|ua|a)\b",
    times_mark=r"\s?ori\b",
    below_zero=r"(?:\s?grade sub zero\b)",
    clock=r"(?!)",
)
