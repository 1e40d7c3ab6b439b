#include "domain/people/common_passwords.hpp"

namespace pulse::domain {

namespace {

// "password", "secret", "welcome", "I love you", first names, clubs and terms of endearment, of the most used lists of each language.
constexpr const char* words[] = {
    // German, Dutch
    "passwort", "kennwort", "geheim", "hallo", "schatz", "ichliebedich", "willkommen", "sommer", "winter", "fussball",
    "wachtwoord", "welkom", "geheimpje", "hallohallo", "schatje", "voetbal", "lieverd", "feyenoord", "bayern",
    // French
    "motdepasse", "azerty", "azertyuiop", "soleil", "bonjour", "chouchou", "doudou", "jetaime", "marseille", "loulou",
    "bienvenue", "nicolas", "camille",
    // Spanish, Portuguese, Catalan
    "contrasena", "contrasenya", "clave", "tequiero", "teamo", "bienvenido", "mariposa", "estrella", "barcelona",
    "realmadrid", "princesa", "hola", "holahola", "senha", "senhas", "minhasenha", "amor", "brasil", "flamengo",
    "corinthians", "benfica", "bemvindo", "gabriel",
    // Italian, Romanian
    "parola", "parolachiave", "passwordsegreta", "ciao", "ciaociao", "amoremio", "tiamo", "juventus", "benvenuto",
    "francesca", "andrea", "parolamea", "steaua",
    // Polish, Czech, Slovak, Hungarian, Balkans
    "haslo", "mojehaslo", "polska", "kochamcie", "misiek", "kasia", "bartek", "heslo", "mojeheslo", "ahoj", "slunicko",
    "jelszo", "szeretlek", "lozinka", "sifra", "geslo", "zvezda", "hajduk", "volimte",
    // Nordic, Baltic
    "losenord", "passord", "kodeord", "adgangskode", "salasana", "hejsan", "sommar", "mamma", "parool", "parole",
    "slaptazodis", "lykilord",
    // Turkish, Greek, Indonesian, Vietnamese, Filipino, Swahili, Hindi in Latin letters
    "sifre", "parolam", "galatasaray", "fenerbahce", "besiktas", "askim", "kodikos", "rahasia", "sandi", "katasandi",
    "sayang", "matkhau", "anhyeuem", "mahalkita", "nenosiri", "bharat", "krishna", "bismillah", "allahuakbar",
    // Cyrillic
    "\u043f\u0430\u0440\u043e\u043b\u044c", "\u043f\u0440\u0438\u0432\u0435\u0442",
    "\u043b\u044e\u0431\u043e\u0432\u044c", "\u043d\u0430\u0442\u0430\u0448\u0430",
    "\u0441\u043e\u043b\u043d\u044b\u0448\u043a\u043e", "\u043a\u043e\u0442\u0435\u043d\u043e\u043a",
    "\u0441\u043f\u0430\u0440\u0442\u0430\u043a", "\u0440\u043e\u0441\u0441\u0438\u044f",
    "\u0441\u0435\u043a\u0440\u0435\u0442", "\u043f\u0430\u0440\u043e\u043b\u0430",
    "\u043b\u043e\u0437\u0438\u043d\u043a\u0430", "parol", "privet", "lubov", "natasha", "solnyshko", "rossiya",
    "spartak",
    // Greek, Hebrew, Arabic, Persian
    "\u03ba\u03c9\u03b4\u03b9\u03ba\u03bf\u03c3", "\u03ba\u03c9\u03b4\u03b9\u03ba\u03bf\u03c2",
    "\u05e1\u05d9\u05e1\u05de\u05d4", "\u05e1\u05d9\u05e1\u05de\u05d0",
    "\u0643\u0644\u0645\u0629\u0627\u0644\u0633\u0631", "\u0643\u0644\u0645\u0629 \u0627\u0644\u0633\u0631",
    "\u0631\u0645\u0632", "\u06af\u0630\u0631\u0648\u0627\u0698\u0647",
    // Chinese, Japanese, Korean, Thai, Hindi
    "\u5bc6\u7801", "\u5bc6\u78bc", "\u6211\u7231\u4f60", "woaini", "mima", "\u30d1\u30b9\u30ef\u30fc\u30c9",
    "\u3071\u3059\u308f\u30fc\u3068", "\u3071\u3059\u308f\u30fc\u3069", "pasuwado", "himitsu", "\u79d8\u5bc6",
    "\ube44\ubc00\ubc88\ud638", "\uc0ac\ub791\ud574", "saranghae", "\u0e23\u0e2b\u0e31\u0e2a\u0e1c\u0e48\u0e32\u0e19",
    "\u092a\u093e\u0938\u0935\u0930\u094d\u0921",
    // Known to everybody
    "correcthorsebatterystaple", "correct horse battery staple", "correct-horse-battery-staple", "thisisapassword",
    "mypassword", "letmeinplease", "iamtheadmin", "donotenter"};

}  // namespace

std::span<const char* const> common_passwords() { return words; }

}  // namespace pulse::domain
