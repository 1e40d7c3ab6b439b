#include "connectors/shared/multipart.hpp"

#include "base/secure.hpp"

namespace pulse::connectors {

multipart_body multipart_of(const std::vector<std::pair<std::string, std::string>>& fields,
                            const multipart_file& file) {
  std::string all{base::as_text(base::sha256(file.bytes))};
  for (const auto& [name, value] : fields) all += name + "\n" + value + "\n";
  const auto boundary = "pulse-" + base::to_hex(base::sha256(all));
  multipart_body made;
  made.content_type = "multipart/form-data; boundary=" + boundary;
  for (const auto& [name, value] : fields) {
    made.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  made.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + file.field + "\"; filename=\"" +
               file.file_name + "\"\r\nContent-Type: " + file.media_type + "\r\n\r\n";
  made.body += file.bytes;
  made.body += "\r\n--" + boundary + "--\r\n";
  return made;
}

}  // namespace pulse::connectors
