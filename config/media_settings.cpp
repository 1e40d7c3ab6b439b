#include "config/media_settings.hpp"

#include "config/value_kinds.hpp"

namespace pulse::config {

namespace {

constexpr std::string_view media = "Pictures and films";

}  // namespace

std::vector<declaration> declared_of_media() {
  return {
      {.name = "MEDIA_FOLDER",
       .group = media,
       .sentence =
           "Where uploaded pictures and films are kept. Processes that share the database share this folder, too. With "
           "MEDIA_S3_BUCKET it holds what is on its way, and is each machine's own.",
       .default_text = "{PULSE_STATE_DIR}/media",
       .value = directory(&settings::media_folder)},
      {.name = "MEDIA_S3_BUCKET",
       .group = media,
       .sentence =
           "The bucket of an S3-compatible service where pictures and films are kept instead; it must be there. What "
           "was in MEDIA_FOLDER before is still read there. Empty: no bucket.",
       .value = optional_word(&settings::media_s3_bucket)},
      {.name = "MEDIA_S3_REGION",
       .group = media,
       .sentence = "The bucket's region, which is signed with every call; services of your own often want us-east-1.",
       .default_text = "us-east-1",
       .value = word(&settings::media_s3_region)},
      {.name = "MEDIA_S3_ENDPOINT",
       .group = media,
       .sentence = "The service's address, without the bucket.",
       .default_text = "https://s3.{MEDIA_S3_REGION}.amazonaws.com",
       .value = web_address(&settings::media_s3_endpoint)},
      {.name = "MEDIA_S3_KEY_ID",
       .group = media,
       .sentence = "The id of the access key, which may list, read, write and remove in the bucket, and nothing else.",
       .example = "AKIAIOSFODNN7EXAMPLE",
       .value = optional_word(&settings::media_s3_key_id)},
      {.name = "MEDIA_S3_SECRET_KEY",
       .group = media,
       .sentence = "The secret of that access key.",
       .visible = shown::never,
       .value = optional_key(&settings::media_s3_secret_key)},
      {.name = "MEDIA_S3_PATH_STYLE",
       .group = media,
       .sentence = "Whether the bucket's name stands in the path of an address, as most services take it, or before "
                   "the endpoint's host.",
       .default_text = "yes",
       .value = one_of(&settings::media_s3_path_style)},
      {.name = "MEDIA_FILE_MIB",
       .group = media,
       .sentence = "How large, in MiB, one picture or film may be.",
       .default_text = "1024",
       .value = whole_number(&settings::media_file_mib, 1, 65'536)},
      {.name = "MEDIA_COMPANY_GIB",
       .group = media,
       .sentence = "How large, in GiB, all pictures and films of one company together may be.",
       .default_text = "20",
       .value = whole_number(&settings::media_company_gib, 1, 1'000'000)},
      {.name = "MEDIA_UNUSED_DAYS",
       .group = media,
       .sentence = "After so many days a picture or film that no post has shown is removed.",
       .default_text = "90",
       .value = whole_number(&settings::media_unused_days, 1, 36'500)},
  };
}

}  // namespace pulse::config
