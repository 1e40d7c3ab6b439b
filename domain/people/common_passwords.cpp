#include "domain/people/common_passwords.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "domain/people/password_spellings.hpp"

namespace pulse::domain {

namespace {

/// The words of a language in one line or more, apart by blanks.
constexpr std::string_view lists[] = {
    // English, for what is spelt with other letters or typed on another keyboard
    "password passwd passphrase letmein welcome iloveyou sunshine princess football baseball dragon monkey shadow "
    "master "
    "superman batman trustno whatever freedom starwars michael jennifer jordan liverpool chelsea arsenal administrator "
    "admin "
    "root guest login changeme secret default qwerty testtest hello computer internet summer winter spring autumn",
    // German
    "passwort kennwort losungswort geheim geheimnis schatz schatzi schatzilein sonnenschein sommer winter herbst "
    "fruehling frühling "
    "hallo halloo ficken arschloch scheisse scheiße fussball fußball bayern borussia dortmund schalke werder hamburg "
    "berlin "
    "muenchen münchen koeln köln frankfurt deutschland oesterreich österreich schweiz liebe ichliebedich liebling maus "
    "mausi "
    "baerchen bärchen engel sternchen schmetterling regenbogen blume lieblings willkommen computer rechner sicherheit "
    "zugang anmelden benutzer glückauf gluckauf nichts michael thomas andreas stefan sabine hallowelt lassmichrein "
    "servus moin tschüss qwertz qwertzuiop asdfghjkloe",
    // French
    "motdepasse mdp passe secret azerty azertyuiop soleil bonjour salut coucou doudou loulou chouchou cheri chérie "
    "jetaime "
    "jetaimemoncoeur monamour moncoeur amour coeur marseille olympique paris parissg psgpsg lyonnais france nicolas "
    "camille "
    "julien thomas isabelle princesse papillon chocolat bisous bienvenue ordinateur maison vacances poupette nounours "
    "louloute toutoune tintin football admin123 jesuisla caramel biscuit",
    // Spanish
    "contraseña contrasenia clave miclave miclavesecreta secreto secreta teamo tequiero teamomucho teamoteamo miamor "
    "amor "
    "amorcito corazon corazón estrella mariposa princesa bonita hermosa hermoso chiquita realmadrid barcelona barca "
    "barsa "
    "atletico bocajuniors riverplate mexico argentina españa colombia venezuela alejandro alejandra sebastian gabriela "
    "fernando francisco jesus jesucristo diosesamor diosteama familia mifamilia hola holahola holamundo entrar "
    "bienvenido "
    "usuario ordenador futbol chocolate america cruzazul chivas pumas tigres patito angelito muñeca",
    // Portuguese
    "senha minhasenha asenha palavrapasse palavrachave segredo amor amomuito teamo teamomuito euteamo meuamor flamengo "
    "corinthians "
    "palmeiras saopaulo santos vasco gremio internacional cruzeiro benfica sporting portugal brasil mudar mudar123 "
    "familia princesa estrela coracao coração borboleta felicidade deusefiel jesuscristo jesuseamor sagrado gabriel "
    "bemvindo obrigado saudade cachorro estrelinha",
    // Italian
    "parola parolachiave chiave segreto segreta ciao ciaociao amore amoremio tiamo tiamotanto juventus juventus milan "
    "inter "
    "napoli forzajuve forzamilan forzainter roma lazio fiorentina francesco francesca alessandro alessandra giuseppe "
    "antonio valentina martina stella farfalla cucciolo cucciola principessa buongiorno benvenuto azzurra italia "
    "ferrari ducati valentino stellina tesoro gattino mamma bella",
    // Dutch, Afrikaans
    "wachtwoord welkom welkom01 geheim toegang ajax feyenoord psveindhoven lekker hallo liefde lieverd schatje schat "
    "vlinder "
    "voetbal nederland amsterdam rotterdam knuffel poesje zonnetje zonneschijn moeder wagwoord inloggen computer "
    "oranje sinterklaas konijn",
    // Swedish, Danish, Norwegian, Icelandic, Finnish
    "lösenord losenord lozenord losen lösen hemligt hejhej hejsan sommar vinter fotboll sverige stockholm älskling "
    "alskling jagälskardig "
    "sommaren mamma pappa adgangskode kodeord hemmelig sommer fodbold danmark kobenhavn elsker skat jegelskerdig "
    "passord "
    "norge fotball velkommen hemmeligt lykilord salasana salasanasi salainen kesakuu kesä perkele suomi helsinki "
    "rakkaus rakas kissa koira jääkiekko jaakiekko moikka terve tervetuloa",
    // Polish, Czech, Slovak, Hungarian, Romanian
    "hasło haslo mojehaslo tajne polska kochanie kochamcie misiek misiaczek skarbie lubiecie dupadupa matrix zaq12wsx "
    "legia lechpoznan wisla karolina agnieszka mateusz bartek dominika mojehaslo qwertyuiop witam komputer heslo "
    "mojeheslo "
    "tajneheslo ahoj ahojky laska milacek miláček milujite sparta slavia cesko česko praha slunicko sluníčko martinka "
    "slovensko bratislava jelszó jelszo titkos szeretlek cica kutya macska magyar magyarorszag budapest ferencvaros "
    "parola parolamea parolă iubire iubita teiubesc steaua dinamo romania românia bucuresti andreea alexandru iubirea",
    // the Baltic, Albanian, the Balkans
    "parool paroolparool armastus eesti kallis slaptažodis slaptazodis lietuva zalgiris myliutave labas parole "
    "manaparole latvija "
    "mīlestība milestiba fjalëkalimi fjalekalimi dashuri shqiperia lozinka zaporka sifra šifra hajduk dinamo hrvatska "
    "zagreb "
    "partizan zvezda crvenazvezda srbija beograd volimte ljubav ljubavi geslo slovenija ljubljana mojageslo sarajevo",
    // Turkish, Azerbaijani
    "şifre sifre sifrem parola gizli galatasaray fenerbahçe fenerbahce besiktas beşiktaş trabzonspor seniseviyorum "
    "askim aşkım "
    "askimaskim canim canım türkiye turkiye istanbul ankara bursaspor merhaba mustafa mehmet atatürk ataturk bebegim "
    "allahallah bismillah parolam azerbaycan",
    // Greek
    "κωδικός κωδικος κωδικόςμου συνθημα αγάπη αγαπη σαγαπώ σαγαπω ελλάδα ολυμπιακος ολυμπιακός παναθηναικος καλημέρα "
    "kodikos kwdikos agapi sagapo ellada olympiakos panathinaikos aekaek paok kalimera hellas",
    // Russian, Ukrainian, Bulgarian, also in Latin letters
    "пароль парольпароль мойпароль пороль секрет любовь любимая любимый люблютебя ятебялюблю привет приветпривет "
    "россия "
    "москва спартак зенит наташа марина максим солнышко котенок йцукен йцукенгшщз фывапролджэ ячсмить самсунг админ "
    "здравствуйте здраствуй хорошо компьютер парола паролата обичамте левски българия кохання україна динамо шахтар "
    "parol moyparol sekret lubov lyubov ljubov lublu privet rossiya moskva spartak zenit natasha solnyshko kotenok "
    "zasranec nastya andrey sergey dmitriy dima kohannya ukraina bulgaria obichamte levski cska",
    // Chinese, in characters and in Pinyin with the numbers that sound like words
    "密码 密碼 我的密码 我爱你 我愛你 爱你一生一世 你好 中国 登录 管理员 woaini woaiwojia wodemima mima nihao zhongguo "
    "5201314 1314520 "
    "520520 7758521 7758258 woaini520 woaini1314 aini iloveu520 caonima woshishui wang1234 zhang123 li123456 a123456 "
    "aa123456 qq123456 q123456 abc123456 asd123456 zxc123456 1qaz2wsx 147258369 woaini521 baobei laopo laogong "
    "xiaoxiao",
    // Japanese, Korean
    "パスワード ぱすわーど 暗証番号 あいしてる 愛してる こんにちは さくら 桜 ありがとう pasuwado anshou aishiteru "
    "aishiteiru sakura konnichiwa arigato "
    "nekoneko doraemon naruto pikachu hiroshi takashi sasuke 비밀번호 암호 사랑해 사랑해요 안녕 안녕하세요 대한민국 "
    "sarang saranghae "
    "saranghaeyo bimilbeonho annyeong hanguk dkssud qlalfqjsgh tkfkdgo tkfkdgody dlgkstks",
    // Vietnamese, Thai, Indonesian, Malay, Filipino
    "matkhau mậtkhẩu matkhaucuatoi anhyeuem emyeuanh yeuem yeuanh anhyeu vietnam hanoi saigon khongbiet khongco conmeo "
    "รหัสผ่าน รหัส ฉันรักเธอ สวัสดี katasandi sandi rahasia sayang sayangku cinta cintaku akucintakamu akusayangkamu "
    "bismillah "
    "indonesia jakarta bandung persib persija doraemon katalaluan malaysia abcd1234 kucing cantik bintang matahari "
    "mahalkita mahalko mahal pilipinas ilovegod pangako lovelove anakku ibuku ganteng",
    // Arabic, Persian, Urdu, Hindi, Bengali, Hebrew, also in Latin letters
    "كلمةالسر كلمةالمرور كلمةسر مرحبا حبيبي حبيبتي بحبك احبك الله محمد محمدرسولالله بسمالله السعودية مصر الاهلي "
    "الزمالك "
    "habibi habibti bahebak ahebak allah allahakbar bismillah inshallah mashallah alhamdulillah muhammad mohamed "
    "mohammed ahmed "
    "رمزعبور رمز دوستتدارم عشقم ایران ramz doostet iran persepolis esteghlal pakistan pakistan zindabad khuda "
    "पासवर्ड मेरापासवर्ड नमस्ते भारत প্রেম পাসওয়ার্ড jaishreeram jaihind bharat krishna ganesh saibaba omsairam radhakrishna "
    "namaste "
    "india123 welcome1 mummy papa सीताराम "
    "סיסמא סיסמה סיסמאסיסמא אהבה שלום ישראל sisma ahava shalom israel moshiach",
    // what is counted, and words of computers
    "qwert asdfg zxcvb yxcvb wxcvb qazwsx abcabc abcd1234 pass1234 test1234 admin1234 user1234 root1234 hunter2 "
    "p@ssw0rd letmein1 "
    "google facebook instagram linkedin samsung iphone android microsoft windows",
};

bool is_wide(const std::u32string& word) { return !word.empty() && word.front() >= 0x2e80; }

std::vector<std::u32string> folded() {
  constexpr std::size_t letters_min = 4, wide_min = 2;
  std::vector<std::u32string> words;
  for (std::string_view list : lists) {
    while (!list.empty()) {
      const auto word = list.substr(0, list.find(' '));
      list.remove_prefix(std::min(word.size() + 1, list.size()));
      for (auto& spelling : {fold(word), fold_as_typed(word)}) {
        if (spelling.size() >= (is_wide(spelling) ? wide_min : letters_min)) words.push_back(spelling);
      }
    }
  }
  std::sort(words.begin(), words.end(),
            [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

std::span<const std::u32string> common_passwords() {
  static const auto all = folded();
  return all;
}

}  // namespace pulse::domain
