#include "actors/publishing/stored_films.hpp"

#include <utility>

#include <boost/asio/post.hpp>

#include "domain/media/limits.hpp"
#include "persistence/media/library.hpp"

namespace pulse::actors {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;

/// The token of "https://pulse.example/media/files/TOKEN/film.mp4"; empty for any other address.
std::string token_in(const std::string& url) {
  constexpr std::string_view before = "/media/files/";
  const auto begin = url.find(before);
  if (begin == std::string::npos) return {};
  const auto token = begin + before.size();
  const auto end = url.find('/', token);
  return end == std::string::npos ? std::string{} : url.substr(token, end - token);
}

}  // namespace

stored_films::stored_films(persistence::database& database, const media::store& files, media::link_signer links,
                           const base::clock& clock)
    : database_(database), files_(files), links_(std::move(links)), clock_(clock) {}

void stored_films::find(const std::string& url, std::function<void(std::optional<facts>)> done) {
  const auto to = links_.open(token_in(url), clock_.now());
  if (!to) return done(std::nullopt);
  database_.transact(
      to->tenant_id, [id = to->media_id](persistence::transaction& tx) { return media::find(id).first(tx); },
      [this, url, part = to->part, done = std::move(done)](persistence::result<std::optional<media::medium>> answer) {
        if (answer.has_error() || !*answer) return done(std::nullopt);
        const auto& found = **answer;
        {
          const std::lock_guard lock{mutex_};
          if (names_.size() >= most_names) names_.clear();
          names_[url] = {found.file, part};
        }
        asio::post(pool_, [this, name = found.file, type = found.type, bytes = found.bytes, width = found.width,
                           height = found.height, part, done] {
          const auto file = files_.open(name, part);
          const bool is_original = part == media::original;
          if (!file && !file.is_unreachable()) return done(std::nullopt);
          done(facts{is_original ? type : std::string{"image/jpeg"},
                     file          ? file.size()
                     : is_original ? bytes
                                   : 0,
                     file.is_unreachable(), is_original ? width : 0, is_original ? height : 0});
        });
      });
}

void stored_films::read(const std::string& url, std::int64_t at, std::size_t count,
                        std::function<void(std::optional<std::string>)> done) {
  const auto from = place_of(url);
  if (!from) return done(std::nullopt);
  asio::post(pool_, [this, at, count, from = *from, done = std::move(done)] {
    const auto file = files_.open(from.file, from.part);
    if (!file) return done(std::nullopt);
    std::string bytes;
    while (bytes.size() < count) {
      const auto more = file.read(at + static_cast<std::int64_t>(bytes.size()), count - bytes.size());
      if (!more) return done(std::nullopt);
      if (more->empty()) break;
      bytes += *more;
    }
    done(std::move(bytes));
  });
}

std::optional<stored_films::place> stored_films::place_of(const std::string& url) {
  const std::lock_guard lock{mutex_};
  const auto found = names_.find(url);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

void stored_films::stop() { pool_.join(); }

}  // namespace pulse::actors
