//! What made-up people and places are called, and what they say. All of it is invented.

pub(super) const SIDES: &[&str] = &["", "North", "South", "East", "West", "New", "Upper", "Lower"];
pub(super) const LANDS: &[&str] = &["Franklin", "Alder", "Calico", "Merrow", "Tamarack"];
pub(super) const TOWN_STARTS: &[&str] = &[
    "Mill", "Ash", "Cedar", "Stone", "River", "Elk", "Hazel", "Salt", "Quarry", "Birch", "Heron", "Copper", "Larch",
    "Amber",
];
pub(super) const TOWN_ENDS: &[&str] =
    &["ford", " Bend", " Falls", "ton", " Creek", "field", " Hollow", " Point", "dale", " Crossing"];
pub(super) const SHAPES: &[&str] =
    &["Correctional Facility", "Correctional Center", "Prison", "Camp", "Reentry Center", "Women’s Facility"];

pub(super) const FIRST_NAMES: &[&str] = &[
    "Aaron", "Abel", "Alma", "Andre", "Anita", "Bea", "Ben", "Brooke", "Carla", "Cesar", "Chen", "Clara", "Curtis",
    "Dana", "Darius", "Delia", "Diego", "Earl", "Elena", "Esme", "Eva", "Felix", "Gail", "Grant", "Hana", "Hugo",
    "Ida", "Irene", "Ivan", "Jamal", "Jo", "Joel", "June", "Kai", "Keisha", "Kofi", "Lamar", "Lena", "Lou", "Luz",
    "Mae", "Marcus", "Mateo", "Mina", "Nadia", "Nate", "Nico", "Olga", "Omar", "Otis", "Paula", "Pete", "Priya",
    "Quinn", "Rafael", "Ray", "Rosa", "Ruth", "Sam", "Sofia", "Tariq", "Tess", "Theo", "Uma", "Vera", "Wade", "Walt",
    "Xavier", "Yara", "Zeke",
];
pub(super) const LAST_NAMES: &[&str] = &[
    "Abbott",
    "Alvarez",
    "Baker",
    "Banks",
    "Castillo",
    "Cole",
    "Cruz",
    "Dalton",
    "Diaz",
    "Ellis",
    "Estrada",
    "Fields",
    "Flores",
    "Gray",
    "Greene",
    "Hale",
    "Hayes",
    "Ibarra",
    "Irving",
    "Jackson",
    "James",
    "Keller",
    "King",
    "Lane",
    "Lopez",
    "Marsh",
    "Mendoza",
    "Nash",
    "Nguyen",
    "Ortiz",
    "Owens",
    "Park",
    "Perez",
    "Quick",
    "Reyes",
    "Rios",
    "Rowe",
    "Santos",
    "Shaw",
    "Stone",
    "Thompson",
    "Tran",
    "Underwood",
    "Vega",
    "Voss",
    "Walker",
    "Ward",
    "Yates",
    "Young",
    "Zamora",
];

pub(super) const OPENINGS: &[&str] = &[
    "I fix what other people throw away.",
    "Tell me about your garden.",
    "I read slowly and I remember everything.",
    "I was a bus driver, and I miss the talk.",
    "My grandmother taught me to bake.",
    "I have been drawing the same tree for a year.",
    "Ask me about the stars.",
    "I am learning to play chess by mail.",
    "Most mornings I am up before the birds.",
    "I like long books and short answers.",
    "I sing when nobody listens.",
    "There is a cat in our yard, and he is in charge.",
    "I used to lay tile, and I still look at floors.",
    "I collect words I have never heard anybody say.",
];
pub(super) const MIDDLES: &[&str] = &[
    "The days here look alike, so I keep a notebook of the small differences.",
    "I work in the kitchen and I am proud of the soup.",
    "On Sundays a few of us listen to old records.",
    "I have read every western in the library and most of the cookbooks.",
    "I walk in the yard whatever the weather is.",
    "My cell neighbor is teaching me to crochet, and I am bad at it.",
    "I am halfway to a certificate in welding.",
    "I like people who say what they mean.",
    "I would rather hear about an ordinary day than about a big one.",
    "I follow two teams, and both of them lose.",
    "I draw cards for birthdays, and people save them for me.",
    "I grew up near water and I still dream about it.",
    "I am quiet at first and then I am not.",
    "There is a window, and the light comes in at four.",
    "I know a great deal about bees for someone who has none.",
    "I have started to write poems, and some of them rhyme.",
];
pub(super) const CLOSINGS: &[&str] = &[
    "If you write, tell me what you can see from your window.",
    "I answer every letter, though the mail can be slow.",
    "Write when you have time. I do.",
    "Ask me anything about the food. I have opinions.",
    "A page is plenty. So is half a page.",
];
pub(super) const OPENINGS_ES: &[&str] = &[
    "Arreglo lo que otros tiran.",
    "Cuénteme de su jardín.",
    "Mi abuela me enseñó a hornear pan.",
    "Leo despacio y no se me olvida nada.",
    "Casi todas las mañanas despierto antes que los pájaros.",
    "En mi pueblo todos cantaban, y yo también.",
];
pub(super) const MIDDLES_ES: &[&str] = &[
    "Aquí los días se parecen, así que apunto las pequeñas diferencias.",
    "Trabajo en la cocina y la sopa me queda buena.",
    "Los domingos unos cuantos escuchamos música vieja.",
    "Estoy aprendiendo a tejer, y todavía se me van los puntos.",
    "Camino en el patio haga el tiempo que haga.",
    "Me gusta la gente que dice lo que piensa.",
    "Prefiero saber de un día cualquiera que de un gran día.",
    "Crecí cerca del mar y todavía lo sueño.",
    "Al principio soy callado, y luego no tanto.",
    "Dibujo tarjetas de cumpleaños para los demás.",
];
pub(super) const CLOSINGS_ES: &[&str] = &[
    "Si me escribe, dígame qué se ve desde su ventana.",
    "Contesto todas las cartas, aunque el correo tarda.",
    "Con una página basta. Con media también.",
];
