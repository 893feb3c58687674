"""Words that people in Switzerland put into passwords; English ones are known to the estimator already."""

SECRETS = """
motdepasse mdp secret bonjour bonsoir salut soleil coucou chouchou doudou amour jetaime loulou azerty bienvenue
passwort kennwort geheim hallo willkommen schatz liebe sonne sommer winter frühling herbst schnuggi
parola segreto ciao benvenuto amore tesoro sole estate inverno primavera autunno
""".split()
MONTHS_AND_DAYS = """
janvier février mars avril mai juin juillet août septembre octobre novembre décembre printemps été automne hiver
lundi mardi mercredi jeudi vendredi samedi dimanche
januar februar märz april juni juli august oktober dezember
montag dienstag mittwoch donnerstag freitag samstag sonntag
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre dicembre
lunedì martedì mercoledì giovedì venerdì sabato domenica
""".split()
WORK = """
bureau travail salaire entreprise société caisse employé employeur fiduciaire comptable patron chef argent banque
büro arbeit lohn firma ausgleichskasse treuhand buchhaltung mitarbeiter geld bank versicherung
ufficio lavoro salario ditta azienda cassa fiduciaria contabile denaro banca assicurazione
compte konto conto accès zugang accesso portail portal portale partner partenaire avs ahv ai iv apg eo
""".split()
PLACES = """
suisse schweiz svizzera svizra helvetia helvetica swiss
zürich genève basel lausanne bern berne winterthur luzern lucerne sankt gallen lugano biel bienne thun köniz fribourg
freiburg schaffhausen chur vernier neuchâtel sion sitten uster lancy emmen zug yverdon bains kriens rapperswil jona
montreux vevey dietikon dübendorf frauenfeld meyrin wetzikon baar riehen bulle carouge renens nyon wädenswil bellinzona
locarno mendrisio chiasso delémont porrentruy solothurn olten aarau baden davos martigny monthey sierre brig visp
aargau appenzell glarus graubünden grigioni grisons jura nidwalden obwalden schwyz thurgau ticino tessin uri valais
wallis vaud waadt léman matterhorn cervin jungfrau eiger rhein rhin rhône aare gotthard
""".split()
PEOPLE_AND_THINGS = """
marie jean pierre michel daniel thomas nicolas david peter hans urs beat reto ursula monika claudia sandra nicole
andrea marco luca paolo giuseppe giovanni antonio maria anna sofia laura mia emma noah liam leon lina lara elias
maison chien chat voiture vélo montagne lac neige chocolat fromage fondue raclette école famille enfant vacances
haus hund katze auto berg see schnee schokolade käse schule familie kind ferien fussball eishockey
casa cane gatto macchina montagna lago neve cioccolato formaggio scuola famiglia bambino vacanze calcio
federer roger hockey servette young boys grasshopper ambri davos
""".split()
ROWS_OF_KEYS = """
qwertz qwertzu qwertzuiop qwertzuiopü asdfghjkl asdfghjklö yxcvbn yxcvbnm qay qaywsx
azerty azertyuiop qsdfgh qsdfghjklm wxcvbn 1qay 2wsx 1qaz
""".split()
YEARS = [str(year) for year in range(2010, 2040)]  # the estimator ends in 2019
COMMON = tuple(dict.fromkeys([*SECRETS, *ROWS_OF_KEYS, *YEARS, *MONTHS_AND_DAYS, *PLACES, *WORK, *PEOPLE_AND_THINGS]))
