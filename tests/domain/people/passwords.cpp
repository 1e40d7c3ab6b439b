#include "domain/people/passwords.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

namespace {

const std::vector<std::string> about{"jane.doe@example.org", "Jane Doe", "Acme Rockets"};

bool is_refused(std::string_view password) { return password_problem(password, about).has_value(); }

}  // namespace

TEST_CASE("a password is the same however a keyboard composes its letters") {
  CHECK(prepare_password("cafe\u0301 au lait") == prepare_password("caf\u00e9 au lait"));
  CHECK(prepare_password("\u1112\u1161\u11ab\u1100\u1173\u11af") == prepare_password("\ud55c\uae00"));
  CHECK(prepare_password("a\u00a0b\u3000c\u2003d") == "a b c d");
  CHECK(prepare_password("Stays As It Is") == "Stays As It Is");
  CHECK(prepare_password("\uff21") == "\uff21");  // width is kept (RFC 8265 §4.2.1)
  CHECK(prepare_password("\U0001f426\U0001f525 \u20ac \u03c0") == "\U0001f426\U0001f525 \u20ac \u03c0");
}

TEST_CASE("what nobody sees or types is in no password") {
  for (const auto* text :
       {"", "tab\there", "bell\x07", "line\nbreak", "soft\u00adhyphen", "zero\u200bwidth", "right\u202eto left",
        "private\ue000", "unassigned\u0378", "not\ufffe a character", "join\u200der", "old\u1100jamo"}) {
    INFO(text);
    CHECK_FALSE(prepare_password(text).has_value());
  }
}

TEST_CASE("joiners stand where a script needs them") {
  CHECK(prepare_password("\u0915\u094d\u200d\u0937").has_value());
  CHECK(prepare_password("\u0646\u0627\u0645\u0647\u200c\u0627\u06cc").has_value());
  CHECK_FALSE(prepare_password("a\u200cb").has_value());
}

TEST_CASE("passwords that are guessed first are refused, and those that a person would take are not") {
  for (const auto* password : {"password", "12345678", "qwertyuiop", "letmein2024", "p4ssw0rd!", "iloveyou2",
                               "aaaaaaaaaaaa", "abcdefgh", "jane.doe@example.org", "jane.doe", "Jane Doe",
                               "acmerockets", "Acme2024", "janedoe1", "doejane12", "pulsepulse"}) {
    INFO(password);
    CHECK(is_refused(password));
  }
  for (const auto* password : {"\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44",
                               "\uff51\uff57\uff45\uff52\uff54\uff59\uff11\uff12\uff13",
                               "\u043f\u0430\u0440\u043e\u043b\u044c12",
                               "\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449",
                               "contrase\u00f1a",
                               "Contrase\u00f1a1",
                               "motdepasse",
                               "senha12345",
                               "wachtwoord1",
                               "has\u0142o1234",
                               "heslo123",
                               "l\u00f6senord",
                               "Passwort1!",
                               "salasana1",
                               "\u30d1\u30b9\u30ef\u30fc\u30c91",
                               "\ube44\ubc00\ubc88\ud638123",
                               "\u5bc6\u7801\u5bc6\u7801123",
                               "jetaime1",
                               "correcthorsebatterystaple",
                               "Acme Acme Acme",
                               "acme-acme-acme-acme",
                               "P\u00e1ssw\u00f6rd1",
                               "JANEjaneJANEjane",
                               "\uff21cme2024"}) {
    INFO(password);
    CHECK(is_refused(password));
  }
  for (const auto* password :
       {"correct horse battery", "kd83hf0a", "drei gr\u00fcne B\u00e4ume", "sept v\u00e9los rouges",
        "\u8d64\u3044\u81ea\u8ee2\u8eca\u3068\u9752\u3044\u7a7a\u98db\u3076\u9ce5", "zab7 zab9 qpo1", "mnop-kfue-37",
        "Tr0ub4dor&3",
        "\u0434\u043b\u0438\u043d\u043d\u044b\u0439 \u043f\u0430\u0440\u043e\u043b\u044c "
        "\u0437\u0434\u0435\u0441\u044c",
        "seven red bicycles"}) {
    INFO(password);
    CHECK_FALSE(is_refused(password));
  }
  CHECK(is_refused("x7#kQ2"));
  CHECK_FALSE(is_refused(std::string(20, 'q') + "j4Kd92 unlikely words " + std::string(60, 'z')));
}
