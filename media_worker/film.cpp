#include "media_worker/film.hpp"

#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "domain/media/limits.hpp"

namespace pulse::media_worker {

namespace {

using domain::media_findings;
namespace json = boost::json;

constexpr std::size_t answer_bytes_max = 64 * 1024;

media_findings refuse(std::string why) {
  return {.problem = std::move(why), .kind = domain::media_kind::video, .type = {}};
}

/// The one reader that may be used, so that no playlist inside leads to other files.
std::string reader_of(const std::string& type) { return type == "video/webm" ? "matroska" : "mov"; }

std::string path_of(int file) { return "/proc/self/fd/" + std::to_string(file); }

/// Runs a program under this process's limits. What it writes, or nothing when it fails; with `out` it writes there
/// instead.
std::optional<std::string> run(std::vector<std::string> words, int out) {
  int ends[2];
  if (::pipe(ends) != 0) return std::nullopt;
  const pid_t child = ::fork();
  if (child < 0) return std::nullopt;
  if (child == 0) {
    ::dup2(out >= 0 ? out : ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string said;
  std::array<char, 4096> part{};
  for (;;) {
    const auto got = ::read(ends[0], part.data(), part.size());
    if (got <= 0 || said.size() > answer_bytes_max) break;
    said.append(part.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return said;
}

std::optional<json::value> probe(int in, const std::string& type) {
  const auto said = run(
      {"ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", reader_of(type), "-show_entries",
       "format=duration:stream=codec_type,width,height,duration:stream_side_data=rotation", "-of", "json", path_of(in)},
      -1);
  if (!said) return std::nullopt;
  boost::system::error_code failure;
  auto made = json::parse(*said, failure);
  if (failure) return std::nullopt;
  return made;
}

/// "12.340000" as ffprobe writes seconds.
std::optional<double> seconds_of(const json::object& of) {
  const auto* const text = of.if_contains("duration");
  if (text == nullptr || !text->is_string()) return std::nullopt;
  const std::string value{text->as_string()};
  char* end = nullptr;
  const double seconds = std::strtod(value.c_str(), &end);
  if (end == value.c_str() || !std::isfinite(seconds) || seconds < 0) return std::nullopt;
  return seconds;
}

int number_of(const json::object& of, std::string_view name) {
  const auto* const found = of.if_contains(name);
  if (found == nullptr || !found->is_number()) return 0;
  boost::system::error_code failure;
  const auto value = found->to_number<int>(failure);
  return failure ? 0 : value;
}

/// Whether the film is shown turned by a quarter.
bool is_turned(const json::object& stream) {
  const auto* const all = stream.if_contains("side_data_list");
  if (all == nullptr || !all->is_array()) return false;
  for (const auto& each : all->get_array()) {
    if (!each.is_object()) continue;
    const int degrees = std::abs(number_of(each.get_object(), "rotation")) % 180;
    if (degrees == 90) return true;
  }
  return false;
}

const json::object* picture_stream(const json::value& of) {
  const auto* const all = of.is_object() ? of.get_object().if_contains("streams") : nullptr;
  if (all == nullptr || !all->is_array()) return nullptr;
  for (const auto& each : all->get_array()) {
    if (!each.is_object()) continue;
    const auto* const kind = each.get_object().if_contains("codec_type");
    if (kind != nullptr && kind->is_string() && kind->get_string() == "video") return &each.get_object();
  }
  return nullptr;
}

/// A small picture of an early moment; of the first where there is no later one.
bool write_preview(int in, int out, const std::string& type, double seconds) {
  const auto side = std::to_string(domain::preview_side);
  const auto at = std::to_string(seconds > 2 ? 1.0 : 0.0);
  const auto said = run({"ffmpeg",
                         "-v",
                         "error",
                         "-nostdin",
                         "-protocol_whitelist",
                         "file,pipe",
                         "-threads",
                         "1",
                         "-ss",
                         at,
                         "-f",
                         reader_of(type),
                         "-i",
                         path_of(in),
                         "-map",
                         "0:v:0",
                         "-frames:v",
                         "1",
                         "-vf",
                         fmt::format("scale=w={}:h={}:force_original_aspect_ratio=decrease", side, side),
                         "-f",
                         "image2pipe",
                         "-c:v",
                         "mjpeg",
                         "-threads",
                         "1",
                         "pipe:1"},
                        out);
  return said.has_value() && ::lseek(out, 0, SEEK_END) > 0;
}

}  // namespace

media_findings look_at_film(int in, int out, const std::string& type) {
  const auto found = probe(in, type);
  const auto* const stream = found ? picture_stream(*found) : nullptr;
  if (stream == nullptr) return refuse("The film is damaged, or has no pictures: it cannot be read.");
  int width = number_of(*stream, "width");
  int height = number_of(*stream, "height");
  if (is_turned(*stream)) std::swap(width, height);
  if (std::min(width, height) < domain::least_film_side || std::max(width, height) > domain::most_film_side) {
    return refuse(fmt::format("The film has {} x {} pixels; from 16 to 8,192 are taken.", width, height));
  }
  const auto* const format = found->get_object().if_contains("format");
  auto seconds = format != nullptr && format->is_object() ? seconds_of(format->get_object()) : std::nullopt;
  if (!seconds) seconds = seconds_of(*stream);
  if (!seconds) return refuse("The film does not say how long it is.");
  const double longest = std::chrono::duration<double>(domain::longest_film).count();
  if (*seconds * 1000 < static_cast<double>(domain::shortest_film.count()) || *seconds > longest)
    return refuse(fmt::format("The film lasts {} s; from 0.1 s to 12 hours are taken.", *seconds));
  if (!write_preview(in, out, type, *seconds)) return refuse("The film is damaged: its first pictures cannot be read.");
  return {.problem = {},
          .kind = domain::media_kind::video,
          .type = type,
          .width = width,
          .height = height,
          .duration_ms = static_cast<std::int64_t>(*seconds * 1000)};
}

}  // namespace pulse::media_worker
