#include "http/routes/media/files.hpp"

#include <stdexcept>

#include <fmt/core.h>

#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/routes/media/byte_range.hpp"
#include "http/routes/media/item.hpp"
#include "http/routes/media/receiving.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using media::medium;
using media::open_file;

/// Bytes read and sent at a time.
constexpr std::size_t bytes_at_once = 64 * 1024;

/// A file is served with its detected type, and nothing in it runs.
constexpr std::string_view policy = "default-src 'none'; sandbox";

struct by_token {
  std::string token;
  std::string name;  // the file name at the end of the address
};
BOOST_DESCRIBE_STRUCT(by_token, (), (token, name))

/// The progress of sending a file.
struct sending {
  media_desk& desk;
  open_file file;
  std::int64_t at;
  std::int64_t left;
};

asio::awaitable<std::string> next_part(std::shared_ptr<sending> of) {
  if (of->left == 0) co_return std::string{};
  const auto count = static_cast<std::size_t>(std::min<std::int64_t>(of->left, bytes_at_once));
  auto job = [of, count] { return of->file.read(of->at, count); };
  auto part = co_await of->desk.on_disk(std::move(job));
  if (!part || part->empty()) throw std::runtime_error{"a file of the media store ends before its time"};
  of->at += static_cast<std::int64_t>(part->size());
  of->left -= static_cast<std::int64_t>(part->size());
  co_return std::move(*part);
}

problem no_such_file() { return problems::not_found("file"); }

/// Whether the part that the client has already is of this file.
bool asks_for_this(const request_context& context, const std::string& etag) {
  const auto wanted = context.request.find("if-range");
  return !wanted || *wanted == etag;
}

std::optional<byte_range> wanted_range(const request_context& context, const std::string& etag, std::int64_t size) {
  const auto header = context.request.find("range");
  if (!header || !asks_for_this(context, etag)) return std::nullopt;
  return parse_range(*header, size);
}

/// `type` outlives the answer.
reply<document> send_file(const request_context& context, open_file file, std::string_view type,
                          const std::string& etag) {
  const auto size = file.size();
  const auto range = wanted_range(context, etag, size);
  if (range && range->count == 0) {
    problem why{.status = 416, .code = "range_not_satisfiable", .detail = "The file ends before these bytes."};
    why.headers.push_back({"content-range", "bytes */" + std::to_string(size)});
    return why;
  }
  const auto sent = range.value_or(byte_range{0, size});
  auto of_file = std::make_shared<sending>(sending{*context.services.media, std::move(file), sent.first, sent.count});
  document made{.body = {}, .shared_body = nullptr, .media_type = type, .compressible = false};
  made.parts = [of_file] { return next_part(of_file); };
  made.parts_bytes = static_cast<std::uint64_t>(sent.count);
  auto answer = reply<document>{std::move(made)}
                    .with("accept-ranges", "bytes")
                    .with("etag", etag)
                    .with("cache-control", "private, max-age=3600")
                    .with("cross-origin-resource-policy", "cross-origin")
                    .with("content-security-policy", std::string{policy});
  if (!range) return answer;
  const auto last = std::to_string(sent.first + sent.count - 1);
  return std::move(answer).status(206).with("content-range", fmt::format("bytes {}-{}/{}", sent.first, last, size));
}

asio::awaitable<reply<document>> show_file(request_context& context, in_path<by_token> path) {
  auto* const desk = context.services.media;
  const auto to = desk == nullptr ? std::nullopt : desk->links().open(path->token, context.services.clock.now());
  if (!to) co_return no_such_file();
  auto found = co_await read_first_of(context, to->tenant_id, media::find(to->media_id));
  if (!found) co_return found.error();
  if (!*found) co_return no_such_file();
  auto job = [desk, name = (*found)->file, part = to->part] { return desk->files().open(name, part); };
  auto file = co_await desk->on_disk(std::move(job));
  if (file.is_unreachable()) co_return store_is_away();
  if (!file) co_return no_such_file();
  const auto known = domain::find_media_type(to->part == media::original ? (*found)->type : "image/jpeg");
  const auto type = known ? known->name : std::string_view{};
  co_return send_file(context, std::move(file), type, fmt::format("\"{}-{}\"", (*found)->file.substr(0, 16), to->part));
}

}  // namespace

void add_media_files(route_table& table) {
  table.add(server::verb::get, "/media/files/{token}/{name}", domain::permission::public_, &show_file,
            "The bytes of a picture or film, by a signed address that expires",
            {.also = 206,
             .any_query = true,
             .media_type = "application/octet-stream",
             .problems = {404, 416, 503},
             .description = "The address is `url` or `preview_url` of a medium. Byte ranges are supported."});
}

}  // namespace pulse::http::routes
