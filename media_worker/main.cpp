// pulse-media-worker: reads files that strangers have made, so that nothing else has to. One file a process.
//
// `look` reads descriptor 3, writes a preview to 4 and says on standard output what the file is. `fit TYPE BYTES WIDTH
// HEIGHT` writes the picture of 3 to 4 as a platform wants it. Ends with 0 when it has said something, whatever it was.
#include <fmt/core.h>
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "domain/media/limits.hpp"
#include "media_worker/confinement.hpp"
#include "media_worker/film.hpp"
#include "media_worker/kind.hpp"
#include "media_worker/picture.hpp"

namespace pulse::media_worker {

namespace {

constexpr int in = 3;
constexpr int out = 4;

domain::media_findings refuse(std::string why) { return {.problem = std::move(why), .kind = {}, .type = {}}; }

domain::media_findings look() {
  const auto type = kind_of(in);
  const auto known = domain::find_media_type(type);
  if (!known) {
    return refuse(
        fmt::format("This is {}; taken are JPEG, PNG, GIF and WebP pictures, and MP4, QuickTime and WebM films.",
                    type.empty() ? std::string{"no file that anybody knows"} : "of the type " + type));
  }
  if (auto wrong = hidden_problem(in, type); !wrong.empty()) return refuse(std::move(wrong));
  if (known->kind == domain::media_kind::video) return look_at_film(in, out, type);
  if (!confine_to_open_files()) return refuse("The file could not be looked into safely.");
  return look_at_picture(in, out, type);
}

template <class N>
bool read_number(std::string_view text, N& to) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), to);
  return failure == std::errc{} && end == text.data() + text.size();
}

domain::media_findings fit(char** words) {
  domain::fit_order order;
  order.type = words[0];
  const bool is_read = read_number(words[1], order.max_bytes) && read_number(words[2], order.max_width) &&
                       read_number(words[3], order.max_height);
  const auto type = kind_of(in);
  const auto known = domain::find_media_type(type);
  if (!is_read || !known || known->kind != domain::media_kind::image) return refuse("Only pictures are fitted.");
  if (!confine_to_open_files()) return refuse("The file could not be looked into safely.");
  return fit_picture(in, out, order);
}

int run(int count, char** words) {
  const std::string_view what = count > 1 ? words[1] : "";
  const bool is_known = (what == "look" && count == 2) || (what == "fit" && count == 6);
  if (!is_known) {
    std::cerr << "pulse-media-worker: is started by pulse, with a file open as descriptor 3 and another as 4\n";
    return 2;
  }
  if (!prepare_kinds() || !prepare_pictures(words[0]) || !confine()) return 1;
  const auto found = what == "look" ? look() : fit(words + 2);
  std::string text;
  base::json::write(text, found);
  text += '\n';
  return ::write(STDOUT_FILENO, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}

}  // namespace

}  // namespace pulse::media_worker

int main(int count, char** words) {
  const int code = pulse::media_worker::run(count, words);
  // Not by way of destructors: libvips would join threads that a confined process may not have.
  ::_exit(code);
}
