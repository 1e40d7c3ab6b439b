#include "service/media_store.hpp"

#include <iostream>
#include <utility>

#include <spdlog/spdlog.h>

#include "actors/media/bucket_store.hpp"
#include "actors/media/bucket_to_folder.hpp"
#include "config/command_line.hpp"
#include "service/commands.hpp"

namespace pulse::service {

namespace {

namespace media = persistence::media;
namespace s3 = connectors::s3;

/// Calls to the bucket at the same time: uploads, and pages and platforms that are given files.
constexpr std::size_t bucket_calls = 64;

s3::bucket_options options_of(const config::settings& settings, int tries) {
  return {.endpoint = settings.media_s3_endpoint,
          .name = settings.media_s3_bucket,
          .is_in_path = settings.media_s3_path_style == config::yes_or_no::yes,
          .as = {settings.media_s3_region, settings.media_s3_key_id, settings.media_s3_secret_key},
          .tries = tries};
}

}  // namespace

std::unique_ptr<connectors::egress> make_bucket_client(const config::settings& settings, const base::clock& clock) {
  if (settings.media_s3_bucket.empty()) return nullptr;
  connectors::egress_options how;
  how.in_flight = bucket_calls;
  how.in_flight_per_host = bucket_calls;
  return std::make_unique<connectors::egress>(std::move(how), clock);
}

std::optional<s3::bucket::finding> check_bucket(const config::settings& settings, connectors::egress& client,
                                                const base::clock& clock) {
  return s3::bucket{options_of(settings, 1), client, clock}.check();
}

base::result<std::unique_ptr<media::store>, std::string> make_media_store(const config::settings& settings,
                                                                          connectors::egress* client,
                                                                          const base::clock& clock) {
  auto folder = media::make_folder_store(settings.media_folder);
  if (settings.media_s3_bucket.empty() || client == nullptr || !folder) return folder;
  auto here = media::make_folder_store(settings.media_folder / "uploading");
  if (!here) return here;
  if (const auto wrong = check_bucket(settings, *client, clock)) {
    if (!wrong->may_pass) return wrong->sentence;
    spdlog::warn("{} Pictures and films are not taken or shown until it is.", wrong->sentence);
  }
  constexpr int tries = 3;
  auto in = std::make_shared<s3::bucket>(options_of(settings, tries), *client, clock);
  return actors::make_bucket_store(std::move(in), std::move(*here), std::move(*folder));
}

int media_to_folder(const config::settings& settings) {
  const base::system_clock clock;
  const auto client = make_bucket_client(settings, clock);
  if (client == nullptr) return complain("MEDIA_S3_BUCKET names no bucket from which anything could be copied.");
  const auto folder = media::make_folder_store(settings.media_folder);
  if (!folder) return complain(folder.error());
  constexpr int tries = 5;
  constexpr int told_each = 1'000;
  const s3::bucket bucket{options_of(settings, tries), *client, clock};
  int seen = 0;
  const auto done = actors::copy_bucket_to_folder(bucket, **folder, [&seen](const actors::copied_files& so_far) {
    if (++seen % told_each == 0) std::cout << so_far.copied << " copied so far\n" << std::flush;
  });
  if (!done) return complain("the bucket cannot be listed: " + done.error());
  std::cout << done->copied << " files copied to " << settings.media_folder.string() << " (" << done->bytes
            << " bytes), " << done->already << " were there, " << done->strange << " are none of Pulse's, "
            << done->failed << " could not be copied.\n";
  if (done->failed > 0) return complain("run it again: what was copied is not copied twice.");
  std::cout << "When nothing is uploaded meanwhile, Pulse can be started without MEDIA_S3_BUCKET.\n";
  return config::exit_success;
}

}  // namespace pulse::service
