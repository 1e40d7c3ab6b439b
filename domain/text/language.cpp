#include "domain/text/language.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <fmt/core.h>

#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

/// Small words by language. Those of several languages count for each of them.
struct small_words {
  std::string_view code;
  std::string_view name;
  std::string_view words;  // each between blanks
};

constexpr std::array spoken{
    small_words{"en", "English",
                " the and is are of to in for with that this we you our your it on was have has from be not at as by "
                "will can about what how they more who "},
    small_words{"nl", "Dutch",
                " de het een en van is zijn dat die niet wij we ons onze jullie je met voor op te aan ook maar bij "
                "naar om er als dan deze dit hoe wat nog heeft hebben wordt "},
    small_words{"de", "German",
                " der die das und ist sind ein eine nicht wir uns unser unsere mit für auf zu den dem des von im es "
                "sich auch bei aus wie was noch hat haben wird werden als über ihr euch "},
    small_words{"fr", "French",
                " le la les un une des et est sont de du nous notre nos vous votre avec pour sur dans que qui ce cette "
                "ne pas plus au aux en par il elle ils ont être son "},
    small_words{"es", "Spanish",
                " el la los las un una y es son de del nosotros nuestro nuestra con para por en que se no más al como "
                "su lo este esta muy ha han pero ser "},
    small_words{"it", "Italian",
                " il lo la gli le un una e è sono di del della noi nostro nostra con per in che non più al alla come "
                "suo questo questa ha hanno ma essere si da "},
    small_words{"pt", "Portuguese",
                " o a os as um uma e é são de do da dos das nós nosso nossa com para por em que não mais ao como seu "
                "este esta muito tem têm mas ser no na "},
    small_words{"sv", "Swedish",
                " och det att är en ett som på vi vår våra med för av till inte den har de om men kan så från nu när "},
    small_words{"da", "Danish",
                " og det at er en et som på vi vores med for af til ikke den har de om men kan så fra nu når jeg der "},
    small_words{"pl", "Polish",
                " i w na z do się nie to jest są nasz nasza my dla że jak o po od ale co przez ich jego być może "}};

enum class script { none, latin, cyrillic, greek, hebrew, arabic, devanagari, thai, han, kana, hangul };

script script_of(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0x24f)) return script::latin;
  if (c >= 0x400 && c <= 0x52f) return script::cyrillic;
  if (c >= 0x370 && c <= 0x3ff) return script::greek;
  if (c >= 0x590 && c <= 0x5ff) return script::hebrew;
  if (c >= 0x600 && c <= 0x6ff) return script::arabic;
  if (c >= 0x900 && c <= 0x97f) return script::devanagari;
  if (c >= 0xe00 && c <= 0xe7f) return script::thai;
  if (c >= 0x3040 && c <= 0x30ff) return script::kana;
  if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf)) return script::han;
  if (c >= 0xac00 && c <= 0xd7a3) return script::hangul;
  return script::none;
}

std::string_view code_of(script of) {
  switch (of) {
    case script::none:
    case script::latin: return "";
    case script::cyrillic: return "ru";
    case script::greek: return "el";
    case script::hebrew: return "he";
    case script::arabic: return "ar";
    case script::devanagari: return "hi";
    case script::thai: return "th";
    case script::han: return "zh";
    case script::kana: return "ja";
    case script::hangul: return "ko";
  }
  return "";
}

/// The script of most letters. Japanese has Han characters, too: some kana decide.
script main_script(std::u32string_view text) {
  std::map<script, std::size_t> seen;
  for (const auto c : text) ++seen[script_of(c)];
  seen.erase(script::none);
  if (seen.empty()) return script::none;
  if (seen[script::kana] > 0 && seen[script::kana] * 5 >= seen[script::han]) seen[script::kana] += seen[script::han];
  const auto most =
      std::max_element(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most->first;
}

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  return c >= 0xc0 && c <= 0xde && c != 0xd7 ? c + 0x20 : c;
}

std::vector<std::string> words_of(std::u32string_view text) {
  std::vector<std::string> made;
  std::u32string word;
  const auto end = [&] {
    if (!word.empty()) made.push_back(to_utf8(word));
    word.clear();
  };
  for (const auto c : text) {
    if (script_of(c) == script::latin) {
      word += lower(c);
    } else {
      end();
    }
  }
  end();
  return made;
}

constexpr std::size_t fewest_hits = 2;

std::string latin_language(std::u32string_view text) {
  const auto words = words_of(text);
  std::size_t best = 0;
  std::size_t second = 0;
  std::string_view code;
  for (const auto& each : spoken) {
    std::size_t hits = 0;
    for (const auto& word : words) {
      if (each.words.find(fmt::format(" {} ", word)) != each.words.npos) ++hits;
    }
    if (hits > best) {
      second = best;
      best = hits;
      code = each.code;
    } else {
      second = std::max(second, hits);
    }
  }
  const bool is_clear = best >= fewest_hits && best > second && best * 20 >= words.size();
  return is_clear ? std::string{code} : std::string{};
}

}  // namespace

std::string language_of(std::string_view text) {
  const auto letters = to_nfc(text);
  const auto of = main_script(letters);
  return of == script::latin ? latin_language(letters) : std::string{code_of(of)};
}

bool may_be_one_language(std::string_view a, std::string_view b) {
  const auto script_a = main_script(to_nfc(a));
  const auto script_b = main_script(to_nfc(b));
  if (script_a == script::none || script_b == script::none) return true;
  if (script_a != script_b) return false;
  const auto code_a = language_of(a);
  const auto code_b = language_of(b);
  return code_a.empty() || code_b.empty() || code_a == code_b;
}

std::string language_name(std::string_view code) {
  const auto found =
      std::find_if(spoken.begin(), spoken.end(), [code](const small_words& each) { return each.code == code; });
  if (found != spoken.end()) return std::string{found->name};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> by_script{{{"ru", "Russian"},
                                                                                           {"el", "Greek"},
                                                                                           {"he", "Hebrew"},
                                                                                           {"ar", "Arabic"},
                                                                                           {"hi", "Hindi"},
                                                                                           {"th", "Thai"},
                                                                                           {"zh", "Chinese"},
                                                                                           {"ja", "Japanese"},
                                                                                           {"ko", "Korean"}}};
  for (const auto& [known, name] : by_script) {
    if (known == code) return std::string{name};
  }
  return std::string{code};
}

}  // namespace pulse::domain
