"""Lithuanian, Latvian and Estonian numbers, with their cases."""

from __future__ import annotations

from compiler_flow.checks.numbers.languages import Language, several, words

LITHUANIAN = Language(
    cardinals=words(
        "nulis=0 vienas/viena/vieno/vieną/vienos/vienam=1 du/dvi/dviejų/dviem/abu/abi/abiejų=2 "
        "trys/trijų/tris/trims=3 "
        "ketur~=4 penk~=5 šeš~=6 septyn~=7 aštuon~=8 devyn~=9 dešimt/dešimties=10 vienuolik*=11 dvylik*=12 trylik*=13 "
        "keturiolik*=14 penkiolik*=15 šešiolik*=16 septyniolik*=17 aštuoniolik*=18 devyniolik*=19 "
        "dvidešimt/dvidešimties=20 trisdešimt=30 "
        "keturiasdešimt=40 penkiasdešimt=50 šešiasdešimt=60 septyniasdešimt=70 aštuoniasdešimt=80 devyniasdešimt=90",
        noun="a|os|ai|ą|oje",
        adjective="i|ios|ių|is|ias|iems|ioms|iais|iomis|iuose|iose",
    ),
    hundreds=words("šimtas/šimtai/šimtų/šimto/šimtą/šimtus=100 tuzinas/tuzino/tuziną=12"),
    scales=words(
        "tūkstantis/tūkstantį/tūkstanč*/tūkst=1e3 milijon*/mln=1e6 milijard*/mlrd=1e9 trilijon*/trln=1e12",
        noun="as|ai|ų|o|ą|us|ais|ams|ui|uose|iai|ių|io|ius|iais|iams|iui|iuose",
    ),
    ordinals=words(
        "pirm~=1 antr~=2 treč~=3 ketvirt~=4 penkt~=5 šešt~=6 septint~=7 aštunt~=8 devint~=9 dešimt~=10 vienuolikt~=11 "
        "dvylikt~=12 trylikt~=13 keturiolikt~=14 penkiolikt~=15 dvidešimt~=20 trisdešimt~=30",
        adjective="as|a|asis|oji|o|os|am|ai|ą|ąjį|ąją|ojo|osios|ame|oje|ųjų|ias|ia|iasis|ioji|io|iojo|ią|iąją",
    ),
    fractions=words(
        "trečdal*=3 ketvirtadal*/ketvirt*/ketvirč*=4 penktadal*=5 šeštadal*=6 septintadal*=7 "
        "aštuntadal*=8 dešimtadal*=10",
        noun="is|io|iui|į|iu|yje|iai|ių|iams|ius|iais",
    ),
    halves=several("pusė pusės pusę"),
    vague=words(
        "dešimtys/dešimtis/dešimčių/dešimtimis=10 šimtai/šimtų/šimtus/šimtais=100 "
        "tūkstančiai/tūkstančių/tūkstančius=1e3 "
        "milijonai/milijonų/milijonus=1e6 milijardai/milijardų=1e9"
    ),
    months=words(
        "sausis/sausio/sausį=1 vasaris/vasario/vasarį=2 kovas/kovo/kovą=3 balandis/balandžio/balandį=4 "
        "gegužė/gegužės/gegužę=5 birželis/birželio/birželį=6 liepa/liepos/liepą=7 rugpjūtis/rugpjūčio/rugpjūtį=8 "
        "rugsėjis/rugsėjo/rugsėjį=9 spalis/spalio/spalį=10 lapkritis/lapkričio/lapkritį=11 gruodis/gruodžio/gruodį=12"
    ),
    times=words("dvigubai/padvigubėjo/dukart=2 trigubai/patrigubėjo/triskart=3"),
    mixed=words("pusantro/pusantros=1.5"),
    soft=several(
        "nulis vienas viena vieno vieną vienos vienam du dvi dviejų dviem abu abi abiejų pirmas pirma pirmasis "
        "pirmoji "
        "pirmo pirmos pirmą pirmąjį pirmąją antras antra antrasis antroji antro antros antrą pusė pusės pusę kovos"
    ),
    several=several("keli kelios kelių kelis kelias"),
    joins=several("ir"),
    to=several("iki ir ar"),
    day_first=False,
    percent=r"\s?(?:%|proc\.|procent\w*)",
    points=r"\s?(?:procentini\w+ punkt\w*|proc\. punkt\w*|p\.\s?p\.)",
    basis=r"\s?bazini\w+ punkt\w*",
    ordinal_mark=r"(?:-(?:asis|oji|ąją|ąjį|ojo|ojoje|ajame|osios|as|a|ą|o|os|tas|tą|ta|ųjų|ieji|iąją|ioji)\b|\s?d\.)",
    times_mark=r"\s?(?:kart\w*)",
    below_zero=r"(?:\s?(?:°\s?C?|laipsni\w*) (?:šalčio|žemiau nulio)\b)",
    clock=r"\s?val\.(?:\s?(?P<minute>[0-5]?\d)\s?min)?",
)

LATVIAN = Language(
    cardinals=words(
        "nulle=0 viens/viena/vienu/vienam/vienas/vienā=1 divi/divas/divu/divus/diviem/divām/abi/abas/abu=2 "
        "trīs/triju/trim=3 četr~=4 piec~=5 seš~=6 septiņ~=7 astoņ~=8 deviņ~=9 desmit=10 "
        "vienpadsmit=11 divpadsmit=12 trīspadsmit=13 četrpadsmit=14 "
        "piecpadsmit=15 sešpadsmit=16 septiņpadsmit=17 astoņpadsmit=18 deviņpadsmit=19 divdesmit=20 trīsdesmit=30 "
        "četrdesmit=40 piecdesmit=50 sešdesmit=60 septiņdesmit=70 astoņdesmit=80 deviņdesmit=90",
        adjective="i|as|u|us|iem|ām|os|ās",
    ),
    hundreds=words("simts/simti/simtu/simtus=100 ducis/duci=12"),
    scales=words(
        "tūkstotis/tūkstoti/tūkstotim/tūkstotī/tūkstoš*/tūkst/tk=1e3 miljon*/milj/mlj/mln=1e6 "
        "miljard*/mljrd/mlrd/mljd=1e9 triljon*=1e12",
        noun="s|i|a|u|us|am|iem|ā|os",
    ),
    ordinals=words(
        "pirm~=1 otr~=2 treš~=3 ceturt~=4 piekt~=5 sest~=6 septīt~=7 astot~=8 devīt~=9 desmit~=10 vienpadsmit~=11 "
        "divpadsmit~=12 trīspadsmit~=13 četrpadsmit~=14 piecpadsmit~=15 divdesmit~=20 trīsdesmit~=30",
        adjective="ais|ā|o|ajam|ajā|ās|ajai|ie|os|s|a|u|am",
    ),
    fractions=words(
        "trešdaļ*=3 ceturtdaļ*/ceturksn*=4 piektdaļ*=5 sestdaļ*=6 septītdaļ*=7 astotdaļ*=8 desmitdaļ*=10",
        noun="a|u|as|ai|ā|ām|ās|is|i|im|ī",
    ),
    halves=several("puse pusi puses"),
    vague=words("desmiti/desmitiem/desmitus=10 simti/simtiem/simtus=100 tūkstoši/tūkstošiem/tūkstošus=1e3 miljoni=1e6"),
    months=words(
        "janvāris/janvāra/janvārī/janvārim/janvāri=1 februāris/februāra/februārī/februārim/februāri=2 "
        "marts/marta/martā/martam/martu=3 aprīlis/aprīļa/aprīlī/aprīlim/aprīli=4 maijs/maija/maijā/maijam/maiju=5 "
        "jūnijs/jūnija/jūnijā/jūnijam/jūniju=6 jūlijs/jūlija/jūlijā/jūlijam/jūliju=7 "
        "augusts/augusta/augustā/augustam/augustu=8 septembris/septembra/septembrī/septembrim/septembri=9 "
        "oktobris/oktobra/oktobrī/oktobrim/oktobri=10 novembris/novembra/novembrī/novembrim/novembri=11 "
        "decembris/decembra/decembrī/decembrim/decembri=12"
    ),
    times=words("divreiz/divkārt/dubultojies/divkāršojies=2 trīsreiz/trīskārt/trīskāršojies=3"),
    mixed=words("pusotra/pusotru/pusotrs=1.5 pusmiljons/pusmiljona/pusmiljonu=5e5"),
    soft=several(
        "nulle viens viena vienu vienam vienas vienā divi divas divu divus diviem divām abi abas abu pirmais pirmā "
        "pirmo pirmajam pirmajā pirmās otrais otrā otro otrajā otrs otra otru puse pusi puses"
    ),
    several=several("vairāki vairākas vairāku vairākus daži dažas"),
    joins=several("un"),
    to=several("līdz un vai"),
    percent=r"\s?(?:%|procent\w*)",
    points=r"\s?(?:procentpunkt\w*|procentu punkt\w*)",
    basis=r"\s?bāzes punkt\w*",
    ordinal_mark=r"\.(?=\s)",
    times_mark=r"\s?reiz\w*",
    below_zero=r"(?:\s?(?:°\s?C?|grād\w*) (?:sala|zem nulles)\b)",
)


def _estonian() -> dict[str, float]:
    nominative = words("üks=1 kaks=2 kolm=3 neli=4 viis=5 kuus=6 seitse=7 kaheksa=8 üheksa=9")
    genitive = words("ühe=1 kahe=2 kolme=3 nelja=4 viie=5 kuue=6 seitsme=7 kaheksa=8 üheksa=9")
    found = (
        words(
            "kolmest=3 neljast=4 viiest=5 kuuest=6 seitsmest=7 kaheksast=8 üheksast=9 null=0 "
            "kümme/kümne/kümmet/kümnest=10 mõlemad/mõlema/kaht/kahte=2 kolme/kolmes=3"
        )
        | nominative
        | genitive
    )
    for base, teen, ten, hundred in (
        (nominative, "teist", "kümmend", "sada"),
        (genitive, "teistkümne", "kümne", "saja"),
    ):
        found |= {f"{one}{teen}": 10 + value for one, value in base.items()}
        found |= {f"{one}{ten}": 10 * value for one, value in base.items()}
        found |= {f"{one}{hundred}": 100 * value for one, value in base.items()}
    return found


ESTONIAN = Language(
    cardinals=_estonian(),
    hundreds=words("sada/saja/sadat=100 tosin/tosina=12"),
    scales=words(
        "tuhat/tuhande/tuhandet/tuh=1e3 miljon/miljonit/miljoni/miljonini/miljonile/mln/mlj=1e6 "
        "miljard/miljardit/miljardi/mld/mrd/mlrd=1e9 triljon/triljonit/triljoni=1e12"
    ),
    ordinals=words(
        "esimene/esimese/esimest/esimesel/esimeses=1 teine/teise/teist/teisel/teises=2 "
        "kolmas/kolmanda/kolmandat/kolmandal=3 "
        "neljas/neljanda/neljandat=4 viies/viienda/viiendat=5 kuues/kuuenda/kuuendat=6 "
        "seitsmes/seitsmenda/seitsmendat=7 "
        "kaheksas/kaheksanda=8 üheksas/üheksanda=9 kümnes/kümnenda=10"
    ),
    fractions=words(
        "kolmandik/kolmandikku/kolmandiku=3 neljandik/neljandikku/neljandiku/veerand/veerandi=4 "
        "viiendik/viiendikku/viiendiku=5"
    ),
    halves=several("pool poole poolt"),
    vague=words(
        "kümned/kümneid/kümnete=10 sajad/sadu/sadade=100 tuhanded/tuhandeid/tuhandete=1e3 miljonid/miljoneid=1e6"
    ),
    months=words(
        "jaanuar/jaanuaril/jaanuaris/jaanuari=1 veebruar/veebruaril/veebruaris/veebruari=2 "
        "märts/märtsil/märtsis/märtsi=3 "
        "aprill/aprillil/aprillis/aprilli=4 mai/mail/mais=5 juuni/juunil/juunis=6 juuli/juulil/juulis=7 "
        "august/augustil/augustis/augusti=8 september/septembril/septembris/septembri=9 "
        "oktoober/oktoobril/oktoobris/oktoobri=10 november/novembril/novembris/novembri=11 "
        "detsember/detsembril/detsembris/detsembri=12"
    ),
    times=words("kahekordistus/kahekordne=2 kolmekordistus/kolmekordne=3"),
    mixed=words("poolteist=1.5"),
    soft=several(
        "null üks ühe kaks kahe kaht kahte mõlemad mõlema esimene esimese esimest esimesel esimeses teine teise "
        "teist "
        "teisel teises pool poole poolt mail mais"
    ),
    several=several("mitu mitme"),
    joins=several("ja"),
    to=several("kuni ja või"),
    percent=r"\s?(?:%|protsen\w*)",
    points=r"\s?(?:protsendipunkt\w*|%-punkt\w*)",
    basis=r"\s?baaspunkt\w*",
    ordinal_mark=r"\.(?=\s)",
    decade_mark=r"(?:\.\s?aasta(?:te\w*|id)|-?nda(?:te\w*|d|id))\b",
    times_mark=r"\s?(?:korda\b|korra\b|kordne\b)",
    below_zero=r"(?:\s?(?:°\s?C?|kraadi) (?:külma|alla nulli)\b)",
)
