"""Words of which the tests' invented companies, people and places are made, by language."""

FIRST_NAMES = {
    "fr": "Aurélie Benoît Céline Damien Élodie Fabrice Geneviève Hervé Inès Jean-Luc Jérôme Laetitia Maëlle "
    "Marie-Noëlle Noé Océane Pierre-Yves Raphaël Solène Thérèse Valérie Zoé François Anaïs Loïc".split(),
    "de": "Andreas Bärbel Christoph Dorothea Emil Franziska Götz Hansjörg Ilse Jürg Käthi Lukas Margrith Niklaus Özlem "
    "Reto Sämi Ursula Vreni Walter Yvonne Zeno Anna-Lena Karl-Heinz Björn".split(),
    "it": "Alessandro Beatrice Carlo Donatella Elio Fiorenza Giosuè Ilaria Luca Maria-Grazia Niccolò Ornella Paolo "
    "Rosalba Silvano Tiziana Ugo Vera Zaccaria Noè Gian-Piero Mosè".split(),
    "en": "Abigail Brian Charlotte Duncan Eleanor Fergus Grace Hugh Imogen Jack Kathleen Liam Mary-Ann Nora Owen Poppy "
    "Ruaidhrí Siobhán Tom Victoria William Zara Chloë".split(),
}
LAST_NAMES = {
    "fr": "Favre Rochat Bühler-Perret Dubois Monnier Pittet Chevalley D'Amico D’Épagnier Genoud Jaquet Le-Cœur Maître "
    "Nicollier Oberson Péclard Ruffieux Savary Thévoz Vuilleumier Zürcher Crausaz Berthoud".split(),
    "de": "Müller Äschbacher Bösch Cavegn Däppen Estermann Flückiger Grünenfelder Häfliger Imhof Jäggi Küng Lüthi "
    "Mäder Nägeli Oeschger Pfäffli Rüegg Schläpfer Tschümperlin Übersax Vögtli Wüthrich Zgraggen".split(),
    "it": "Bernasconi Cattaneo Dell'Acqua D’Alessandri Ferrari Ghiringhelli Lepori Maspoli Nessi Pedrazzini Quadri "
    "Robbiani Soldini Togni Verdò Zanetti Cantù Delcò Poncìni".split(),
    "en": "O'Brien O’Connor MacLeod Smythe Whitfield Fitzgerald-Jones Brontë Llewellyn Ashcroft Penhaligon Quayle "
    "Featherstonehaugh St.-John Wainwright".split(),
}
PARTICLES = {
    "fr": ("de ", "du ", "de la ", "d’"),
    "de": ("von ", "von der ", "von und zu ", "zur "),
    "it": ("della ", "de ", "di ", "dal "),
    "en": ("van der ", "de ", "Mac "),
}
TRADES = {
    "fr": "Boulangerie; Menuiserie; Garage; Fiduciaire; Domaine viticole; Atelier d’architecture; Crèche; "
    "L'Épicerie".split("; "),
    "de": "Bäckerei; Schreinerei; Treuhandbüro; Gärtnerei; Physiotherapie; Metzgerei; Käserei; Malergeschäft".split(
        "; "
    ),
    "it": ("Panetteria", "Falegnameria", "Officina", "Studio fiduciario", "Grotto", "Impresa di pittura", "L’Enoteca"),
    "en": ("Software", "Consulting", "Trading", "Language School", "Yacht Charter", "Life Sciences"),
}
FORMS = {
    "fr": ("SA", "Sàrl", "& Fils SA", "Société coopérative"),
    "de": ("AG", "GmbH", "& Söhne AG", "Genossenschaft"),
    "it": ("SA", "Sagl", "e Figli SA", "Società cooperativa"),
    "en": ("Ltd", "(Switzerland) AG", "Holding SA", "Foundation"),
}
LONG = {
    "fr": "Fondation intercommunale pour l’accueil de jour des enfants du district de la Broye-Vully",
    "de": "Genossenschaft für landwirtschaftliche Maschinen- und Gerätevermietung Untertoggenburg-Fürstenland",
    "it": "Associazione per l'assistenza e la cura a domicilio del Mendrisiotto e del Basso Ceresio",
    "en": "International Association for the Promotion of Alpine Environmental Research and Education",
}
STREETS = {
    "fr": "Rue du Marché; Chemin des Crêts; Avenue de l’Industrie; Route d'Yverdon; Place de la Gare; "
    "En Champ-Carré".split("; "),
    "de": ("Bahnhofstrasse", "Im Grüt", "Zürcherstrasse", "Mühleweg", "Obere Gasse", "Länggasse"),
    "it": "Via Cantonale; Piazza della Riforma; Via al Ponte; Contrada dei Patrizi; Viale Stazione; "
    "Strada dell’Alpe".split("; "),
    "en": ("Rue de Lausanne", "Chemin des Anglais", "Seestrasse", "Quai du Mont-Blanc"),
}
TOWNS = {
    "fr": "1003 Lausanne; 1700 Fribourg; 2000 Neuchâtel; 1950 Sion; 2800 Delémont; "
    "1400 Yverdon-les-Bains; 1261 Le Vaud".split("; "),
    "de": ("8001 Zürich", "3000 Bern 22", "9000 St. Gallen", "6430 Schwyz", "4056 Basel", "8750 Glarus", "9494 Schaan"),
    "it": ("6900 Lugano", "6500 Bellinzona", "6600 Locarno", "6850 Mendrisio", "7742 Poschiavo", "6830 Chiasso"),
    "en": ("1201 Genève", "6300 Zug", "8008 Zürich", "1820 Montreux"),
}
BOXES = {"fr": "Case postale", "de": "Postfach", "it": "Casella postale", "en": "P.O. Box"}
CARE_OF = {
    "fr": "Fiduciaire Exemple SA",
    "de": "Treuhand Beispiel AG",
    "it": "Fiduciaria Esempio SA",
    "en": "Example Trust AG",
}
