#include "http/routes/media/storage.hpp"

#include <fmt/core.h>

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/media/item.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace media = persistence::media;
using persistence::transaction;

enum class media_place { this_server, bucket };
BOOST_DESCRIBE_ENUM(media_place, this_server, bucket)

struct media_space {
  media_place kept = media_place::this_server;
  std::int64_t used_bytes = 0;  // of all projects, with what uploads have announced
  std::int64_t allowed_bytes = 0;
  std::int64_t file_bytes_max = 0;  // of one picture or film
};
BOOST_DESCRIBE_STRUCT(media_space, (), (kept, used_bytes, allowed_bytes, file_bytes_max))

struct media_storage {
  media_place kept = media_place::this_server;
  std::string folder;                   // of this server; with a bucket, for what is on its way
  std::optional<std::string> bucket;    // its name
  std::optional<std::string> endpoint;  // of the bucket's service
  std::int64_t free_bytes = 0;          // on the folder's disk
  std::int64_t company_bytes_max = 0;
  std::int64_t file_bytes_max = 0;
};
BOOST_DESCRIBE_STRUCT(media_storage, (),
                      (kept, folder, bucket, endpoint, free_bytes, company_bytes_max, file_bytes_max))

struct media_check {
  bool is_well = false;
  std::optional<std::string> problem;  // what is wrong, and which setting mends it
};
BOOST_DESCRIBE_STRUCT(media_check, (), (is_well, problem))

media_place place_of(const media_desk& desk) {
  return desk.how().bucket.empty() ? media_place::this_server : media_place::bucket;
}

asio::awaitable<reply<media_space>> show_space(request_context& context) {
  auto* desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  auto job = [](transaction& tx) { return media::bytes_of_tenant(tx); };
  const auto used = co_await in_transaction(context, std::move(job));
  if (!used) co_return used.error();
  co_return media_space{place_of(*desk), *used, desk->how().company_bytes_max, desk->how().file_bytes_max};
}

asio::awaitable<reply<media_storage>> show_storage(request_context& context) {
  auto* desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  const auto& how = desk->how();
  auto look = [desk] { return desk->files().free_bytes(); };
  const auto free_bytes = co_await desk->on_disk(std::move(look));
  media_storage made{.kept = place_of(*desk),
                     .folder = how.folder,
                     .bucket = std::nullopt,
                     .endpoint = std::nullopt,
                     .free_bytes = static_cast<std::int64_t>(free_bytes),
                     .company_bytes_max = how.company_bytes_max,
                     .file_bytes_max = how.file_bytes_max};
  if (!how.bucket.empty()) {
    made.bucket = how.bucket;
    made.endpoint = how.bucket_endpoint;
  }
  co_return std::move(made);
}

/// Whether a file can be written here and removed again; with a bucket, uploads are written here first.
bool writes_here(const media::store& files) {
  const auto name = media::new_name();
  bool is_written = false;
  {
    const auto tried = files.hold(name, media::original);
    is_written = tried && tried.write(0, "Pulse may write here.");
  }
  return files.remove(name) && is_written;
}

/// Blocks on the disk and the bucket.
std::optional<std::string> find_fault(const media_desk& desk) {
  const auto& how = desk.how();
  // Asked first: where it does not answer, removing what was tried takes long and says less.
  if (how.check_bucket) {
    if (auto wrong = how.check_bucket()) return wrong;
  }
  constexpr std::uint64_t mib = 1024ULL * 1024;
  const auto free_bytes = desk.files().free_bytes();
  if (free_bytes < how.free_bytes_min)
    return fmt::format(
        "The disk of {} has {} MiB left and nothing is taken below {} MiB: make room, or mend MEDIA_FOLDER.",
        how.folder, free_bytes / mib, how.free_bytes_min / mib);
  if (!writes_here(desk.files()))
    return fmt::format("{} cannot be written: let Pulse's user write there, or mend MEDIA_FOLDER.", how.folder);
  return std::nullopt;
}

asio::awaitable<reply<media_check>> check_storage(request_context& context) {
  auto* desk = context.services.media;
  if (desk == nullptr) co_return no_media_here();
  auto look = [desk] { return find_fault(*desk); };
  auto wrong = co_await desk->on_disk(std::move(look));
  co_return media_check{!wrong, std::move(wrong)};
}

}  // namespace

void add_media_storage(route_table& table) {
  using domain::permission;
  using server::verb;
  table.add(verb::get, "/media/space", permission::operate, &show_space,
            "Show how much room the company's pictures and films take, and how much they may take",
            {.problems = {503}});
  table.add(verb::get, "/admin/media-storage", permission::administer_platform, &show_storage,
            "Show where this installation keeps pictures and films",
            {.problems = {503},
             .description = "As the settings MEDIA_FOLDER and MEDIA_S3_BUCKET say. No key is shown, and none can be "
                            "set here: the operator's environment has them."});
  table.add(verb::post, "/admin/media-storage/check", permission::administer_platform, &check_storage,
            "Check whether pictures and films can be kept there",
            {.problems = {503},
             .description = "Lists, writes and removes in the bucket, and writes and removes on this server's disk. "
                            "What is wrong is told in a sentence with the settings' names, as by `pulse doctor`."});
}

}  // namespace pulse::http::routes
