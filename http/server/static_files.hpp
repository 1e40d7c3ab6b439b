// A directory of files, served from memory.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

inline constexpr std::size_t static_files_max = 10'000;
inline constexpr std::size_t static_bytes_max = 256 * 1024 * 1024;

/// How files are kept by whoever fetches them.
struct file_caching {
  std::string cache_control = "no-cache";
  /// "assets/": names below it change with their content, so those files are kept for ever. "": none are.
  std::string_view hashed_folder = {};
};

/// The regular files of a directory, read once, each with its type, its entity tag and its smaller forms: `app.js.br`
/// and `app.js.gz` beside `app.js` are such forms and no files of their own; without the latter the gzip form is made
/// here. A path is looked up among the files that were found, never opened, so no path leads out of the directory.
/// Immutable: any thread may ask.
class static_files {
 public:
  /// Reads the directory. Symbolic links and what is hidden (".vite/") are left out. The error is a sentence.
  static base::result<static_files, std::string> load(const std::filesystem::path& directory,
                                                      const file_caching& caching = {});

  /// The answer for the file at `path`, relative and without a leading slash ("" and "docs/" mean their index.html):
  /// 200 for GET and HEAD, 405 for other methods; nothing when there is no such file. The server turns it into a 304
  /// when the client has the file.
  std::optional<response> find(const request& request, std::string_view path) const;

  std::size_t size() const { return files_.size(); }

 private:
  using shared_bytes = std::shared_ptr<const std::string>;

  struct file {
    std::string content_type;
    std::string etag;
    std::string cache_control;
    shared_bytes bytes;
    shared_bytes gzip;    // nothing where it is not worth it
    shared_bytes brotli;  // nothing where there is none in the directory
  };

  void adopt_forms();
  void describe(const file_caching& caching);

  std::map<std::string, file, std::less<>> files_;
};

/// The media type for a file name, by its extension; "application/octet-stream" for unknown ones.
std::string_view content_type_of(std::string_view file_name);

}  // namespace pulse::http::server
