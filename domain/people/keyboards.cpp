#include "domain/people/keyboards.hpp"

#include <array>

namespace pulse::domain {

namespace {

constexpr std::u32string_view us_rows[] = {U"`1234567890-=", U"qwertyuiop[]\\", U"asdfghjkl;'", U"zxcvbnm,./"};
constexpr std::u32string_view us_shifted_rows[] = {U"~!@#$%^&*()_+", U"QWERTYUIOP{}|", U"ASDFGHJKL:\"", U"ZXCVBNM<>?"};
constexpr std::u32string_view us = U"`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./";

// The same 47 places on each; a place that has no key of its own is a blank.
constexpr std::array<std::u32string_view, 11> others{
    U"^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",                             // QWERTZ
    U"²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",                            // AZERTY
    U"`1234567890[]',.pyfgcrl/=\\aoeuidhtns-;qjkxbmwvz",                            // Dvorak
    U"`1234567890-=qwfpgjluy;[]\\arstdhneio'zxcvbkm,./",                            // Colemak
    U"|1234567890'¿qwertyuiop´+}asdfghjklñ{zxcvbnm,.-",                             // Spanish of Latin America
    U"ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",                            // Russian
    U"'1234567890-=йцукенгшщзхїґфівапролджєячсмитьбю.",                             // Ukrainian
    U"`1234567890-=;ςερτυθιοπ[]\\ασδφγηξκλ΄'ζχψωβνμ,./",                            // Greek
    U";1234567890-=/'קראטוןםפ][\\שדגכעיחלךף,זסבהנמצתץ.",                            // Hebrew
    U"ذ1234567890-=ضصثقفغعهخحجد\\شسيبلاتنمكطئءؤر ىةوزظ",                            // Arabic
    U"`1234567890-=ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]\\ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./",  // Korean
};

}  // namespace

std::u32string_view us_keyboard() { return us; }

std::span<const std::u32string_view> other_keyboards() { return others; }

std::optional<key_place> place_of(char32_t c) {
  for (const auto& rows : {std::span{us_rows}, std::span{us_shifted_rows}}) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      // The row of digits begins one key further to the left.
      const auto at = rows[row].find(c);
      if (at != rows[row].npos) return key_place{static_cast<int>(row), static_cast<int>(at) - (row == 0 ? 1 : 0)};
    }
  }
  return std::nullopt;
}

}  // namespace pulse::domain
