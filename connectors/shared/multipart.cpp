#include "connectors/shared/multipart.hpp"

#include <fmt/core.h>

#include "base/secure.hpp"

namespace pulse::connectors {

multipart_body multipart_of(const std::vector<std::pair<std::string, std::string>>& fields,
                            const multipart_file& file) {
  std::string all{base::as_text(base::sha256(file.bytes))};
  for (const auto& [name, value] : fields) all += fmt::format("{}\n{}\n", name, value);
  const auto boundary = "pulse-" + base::to_hex(base::sha256(all));
  multipart_body made;
  made.content_type = "multipart/form-data; boundary=" + boundary;
  for (const auto& [name, value] : fields) {
    made.body +=
        fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary, name, value);
  }
  made.body +=
      fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
                  boundary, file.field, file.file_name, file.media_type);
  made.body += file.bytes;
  made.body += fmt::format("\r\n--{}--\r\n", boundary);
  return made;
}

}  // namespace pulse::connectors
