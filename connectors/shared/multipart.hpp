// Bodies of the type multipart/form-data: fields, and one file (RFC 7578).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pulse::connectors {

struct multipart_file {
  std::string field;      // of the form
  std::string file_name;  // told; nobody's own name for it
  std::string media_type;
  std::string_view bytes;
};

struct multipart_body {
  std::string content_type;  // with its boundary
  std::string body;
};

/// The fields in their order, then the file. Names are ours; values may be anything: the boundary is made of the hash
/// of all of it, so it is nowhere in it.
multipart_body multipart_of(const std::vector<std::pair<std::string, std::string>>& fields, const multipart_file& file);

}  // namespace pulse::connectors
