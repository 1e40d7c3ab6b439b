#include "connectors/shared/film_uploads.hpp"

#include <algorithm>
#include <utility>

namespace pulse::connectors {

bool film_uploads::begin(const std::string& key, egress_request request, egress& client) {
  {
    const std::lock_guard lock{all_->mutex};
    auto& films = all_->films;
    const auto running =
        std::count_if(films.begin(), films.end(), [](const auto& each) { return each.second.is == state::running; });
    if (std::cmp_greater_equal(running, most_running)) return false;
    if (films.size() >= most_known)
      std::erase_if(films, [](const auto& each) { return each.second.is != state::running; });
    films[key] = {state::running, 0, nullptr};
  }
  const auto note = [all = all_, key](auto change) {
    const std::lock_guard lock{all->mutex};
    const auto found = all->films.find(key);
    if (found != all->films.end()) change(found->second);
  };
  auto counted = std::make_shared<streamed_body>(*request.stream);
  counted->read = [note, read = request.stream->read](std::int64_t at, std::size_t count, auto done) {
    note([at](look& of) { of.read = at; });
    read(at, count, std::move(done));
  };
  request.stream = std::move(counted);
  request.timeout = upload_timeout;
  constexpr std::size_t most_reply_bytes = 64 * 1024;
  request.max_response_bytes = most_reply_bytes;
  client.send(std::move(request), [note](const egress_reply& reply) {
    note([&reply](look& of) {
      of.is = state::over;
      of.reply = std::make_shared<const egress_reply>(reply);
    });
  });
  return true;
}

film_uploads::look film_uploads::find(const std::string& key) const {
  const std::lock_guard lock{all_->mutex};
  const auto found = all_->films.find(key);
  return found == all_->films.end() ? look{} : found->second;
}

void film_uploads::forget(const std::string& key) {
  const std::lock_guard lock{all_->mutex};
  all_->films.erase(key);
}

std::shared_ptr<streamed_body> film_stream(const std::string& url, std::int64_t bytes, media_files& files,
                                           std::int64_t begin) {
  auto made = std::make_shared<streamed_body>();
  made->bytes = bytes;
  made->read = [&files, url, bytes, begin](std::int64_t at, std::size_t count, auto done) {
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(0, bytes - at));
    files.read(url, begin + at, std::min(count, most), std::move(done));
  };
  return made;
}

}  // namespace pulse::connectors
