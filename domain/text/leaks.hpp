// Whether a text that a model wrote gives away what it was told in confidence, also in disguise. It is looked for in
// the spellings that people ask models for: with other letters between, backwards, in base64 or hexadecimal, with the
// alphabet turned, with digits for letters. A translation is not found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pulse::domain {

/// Lower-case letters and digits alone, with digits that stand for letters as these (0 as o, 1 and l as i, 3 as e, 4 as
/// a, 5 as s, 7 as t): what is left of a text whatever is put between its letters. ASCII letters and everything beyond
/// ASCII count as letters.
std::string bare(std::string_view text);

/// The bare forms of what a text may be when read otherwise: as it stands, backwards, in each turn of the alphabet, and
/// what its base64 and hexadecimal decode to. At most 64 forms, of the first 64 KiB of a text.
std::vector<std::string> bare_forms(std::string_view text);

/// Texts that must not be given away. Built once for several looks.
class confidences {
 public:
  /// Adds a text; `window` bytes of its bare form in a row are what counts as given away. Texts with a shorter bare
  /// form count as a whole where they have at least `shortest_counted` bytes.
  void add(std::string_view text, std::size_t window);
  static constexpr std::size_t shortest_counted = 12;

  /// Whether `text` holds a window of any of them, in any form.
  bool are_in(std::string_view text) const;

 private:
  struct group {
    std::size_t window;
    std::vector<std::uint64_t> hashes;  // of the windows; sorted
  };
  std::vector<group> groups_;  // one a size of window
};

/// Whether a text has a piece that no person writes: a word of more than 40 characters that is no link, or something
/// that looks like a key (sk-…, eyJ…, 20 characters or more of letters and digits mixed).
bool has_strange_piece(std::string_view text);

}  // namespace pulse::domain
