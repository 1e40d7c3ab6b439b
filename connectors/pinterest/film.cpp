#include "connectors/pinterest/film.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/pinterest/classify.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::pinterest {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* film_handle = "film";         // the media id
constexpr const char* taken_handle = "film_taken";  // "yes": Pinterest has all of it
constexpr const char* ready_handle = "film_ready";  // "yes": a pin can be made of it

/// 2 GB at 10 Mbit/s; Pinterest's form is good for an hour.
constexpr std::chrono::minutes upload_timeout{30};
/// What a step needs of the attempt's time; with less it is left to the next attempt.
constexpr milliseconds step_needs{2'500};
constexpr milliseconds upload_pause{500};
constexpr milliseconds look_pause{1'000};

std::string in_megabytes(std::int64_t bytes) { return std::to_string(bytes / (1'024 * 1'024)) + " MB"; }

std::string host_of(const std::string& url) {
  const auto begin = url.find("://");
  return url.substr(0, url.find_first_of("/?#", begin == std::string::npos ? 0 : begin + 3));
}

std::shared_ptr<const streamed_body> form_of(const film_place& to, const std::string& url,
                                             const media_files::facts& film, media_files& files,
                                             const std::string& boundary, std::function<void(std::int64_t)> has_read) {
  auto made = std::make_shared<streamed_body>();
  for (const auto& [name, value] : to.fields) {
    made->front +=
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  made->front += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film\"\r\n" +
                 "Content-Type: " + film.type + "\r\n\r\n";
  made->bytes = film.bytes;
  made->read = [&files, url, has_read = std::move(has_read)](std::int64_t at, std::size_t count, auto done) {
    has_read(at);
    files.read(url, at, count, std::move(done));
  };
  made->end = "\r\n--" + boundary + "--\r\n";
  return made;
}

class film_steps final : public publish_steps {
 public:
  film_steps(pinterest_options options, media_files* files, std::shared_ptr<film_uploads> uploads, egress& client,
             const base::clock& clock, publication what, std::function<void(publish_reply)> done)
      : publish_steps(client, clock, std::move(what), std::move(done)),
        options_(std::move(options)),
        files_(files),
        uploads_(std::move(uploads)),
        client_(client) {}

  void start() override {
    id_ = kept_for_image(film_handle).value_or("");
    const auto is = [this](const char* handle) { return !id_.empty() && kept_for_image(handle) == "yes"; };
    if (is(ready_handle)) return pin();
    if (is(taken_handle)) return look();
    if (!id_.empty() && uploads_->find(id_).is != film_uploads::state::unknown) return follow(read_now());
    find_film();
  }

 private:
  std::int64_t read_now() const { return uploads_->find(id_).read; }

  void find_film() {
    if (files_ == nullptr) return end({.kind = outcome_kind::invalid, .reason = "This installation keeps no films."});
    files_->find(what().film()->url, [this, self = shared_from_this()](std::optional<media_files::facts> found) {
      if (!found)
        return end({.kind = outcome_kind::invalid, .reason = "The film is not in the library any more. Add it again."});
      film_ = std::move(*found);
      judge_pictures(domain::channel_type::pinterest, [this] { register_film(); });
    });
  }

  void register_film() {
    auto request = request_to(options_, "POST", "media", what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = R"({"media_type":"video"})";
    ask(std::move(request), [this](const egress_reply& reply) {
      if (reply.status != 200 && reply.status != 201) return end(problem_of(reply, step::harmless, now()));
      const auto place = reply.how_far == progress::complete ? read_film_place(reply.body) : std::nullopt;
      const bool is_own_host = place && host_of(place->upload_url) == host_of(options_.base_url);
      if (!place || (!is_own_host && !place->upload_url.starts_with("https://")))
        return end({.kind = outcome_kind::transient, .reason = "Pinterest named no address to upload the film to."});
      id_ = place->media_id;
      keep_for_image({{film_handle, id_}, {taken_handle, ""}, {ready_handle, ""}},
                     [this, to = *place, is_own_host] { send_film(to, is_own_host); });
    });
  }

  void send_film(const film_place& to, bool is_own_host) {
    if (!uploads_->begin(to, what().film()->url, film_, *files_, client_, is_own_host)) {
      return end({.kind = outcome_kind::transient, .reason = "Other films are on their way to Pinterest; it follows."});
    }
    follow(0);
  }

  /// Until Pinterest has the film, or the attempt's time is over: the film goes on meanwhile.
  void follow(std::int64_t read_before) {
    const auto upload = uploads_->find(id_);
    switch (upload.is) {
      case film_uploads::state::taken:
        return keep_for_image({{taken_handle, "yes"}}, [this] {
          uploads_->forget(id_);
          look();
        });
      case film_uploads::state::failed:
      case film_uploads::state::unknown:
        uploads_->forget(id_);
        return forget_film({.kind = outcome_kind::transient,
                            .reason = upload.why.empty() ? "The film did not reach Pinterest." : upload.why});
      case film_uploads::state::running: break;
    }
    if (left() > upload_pause + step_needs)
      return wait(upload_pause, step_needs, [this, read_before] { follow(read_before); });
    auto told = "Pinterest is being sent the film: " + in_megabytes(upload.read) + " so far.";
    if (upload.read > read_before || upload.read == 0) return go_on_later(std::move(told), look_pause);
    end({.kind = outcome_kind::transient, .reason = std::move(told)});
  }

  void look() {
    ask(request_to(options_, "GET", "media/" + percent_encoded(id_), what().account), [this](
                                                                                          const egress_reply& reply) {
      if (reply.status == 404)
        return forget_film({.kind = outcome_kind::transient, .reason = "Pinterest does not know the film any more."});
      if (reply.status != 200 || reply.how_far != progress::complete)
        return end(problem_of(reply, step::harmless, now()));
      const auto told = object_of(reply.body);
      const auto status = told ? text_at(*told, "status") : std::string{};
      if (status == "succeeded") return keep_for_image({{ready_handle, "yes"}}, [this] { pin(); });
      if (status == "failed")
        return forget_film({.kind = outcome_kind::invalid,
                            .reason = "Pinterest could not read the film. Try another file, such as MP4 with H.264."});
      if (left() > look_pause + step_needs) return wait(look_pause, step_needs, [this] { look(); });
      go_on_later("Pinterest has the film and looks through it.", 2 * look_pause);
    });
  }

  void forget_film(outcome why) {
    keep_for_image({{film_handle, ""}, {taken_handle, ""}, {ready_handle, ""}},
                   [this, why = std::move(why)] { end(why); });
  }

  void pin() {
    if (left() < step_needs) return go_on_later("Pinterest has the film; the pin follows.");
    auto request = request_to(options_, "POST", "pins", what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = pin_body(what(), id_);
    send_last(std::move(request), [this](const egress_reply& reply) {
      end(reply, classify_publish(reply, now()), budgets_of(reply, now()));
    });
  }

  const pinterest_options options_;
  media_files* const files_;
  const std::shared_ptr<film_uploads> uploads_;
  egress& client_;
  media_files::facts film_;
  std::string id_;
};

}  // namespace

std::optional<film_place> read_film_place(const std::string& body) {
  const auto told = object_of(body);
  if (!told) return std::nullopt;
  film_place made{text_at(*told, "media_id"), text_at(*told, "upload_url"), {}};
  const auto* fields = told->if_contains("upload_parameters");
  if (made.media_id.empty() || made.upload_url.empty() || fields == nullptr || !fields->is_object())
    return std::nullopt;
  for (const auto& field : fields->get_object()) {
    const std::string name{field.key()};
    const bool is_plain = name.find_first_of("\"\r\n") == std::string::npos;
    if (!is_plain || !field.value().is_string()) return std::nullopt;
    made.fields.emplace_back(name, std::string{field.value().get_string()});
  }
  return made;
}

bool film_uploads::begin(const film_place& to, const std::string& url, const media_files::facts& film,
                         media_files& files, egress& client, bool is_own_host) {
  {
    const std::lock_guard lock{all_->mutex};
    auto& films = all_->films;
    const auto running =
        std::count_if(films.begin(), films.end(), [](const auto& each) { return each.second.is == state::running; });
    if (std::cmp_greater_equal(running, most_running)) return false;
    if (films.size() >= most_known)
      std::erase_if(films, [](const auto& each) { return each.second.is != state::running; });
    films[to.media_id] = {state::running, 0, ""};
  }
  const auto note = [all = all_, id = to.media_id](auto change) {
    const std::lock_guard lock{all->mutex};
    const auto found = all->films.find(id);
    if (found != all->films.end()) change(found->second);
  };
  const auto boundary = "pulse-" + base::random_token(24);
  egress_request request;
  request.method = "POST";
  request.url = to.upload_url;
  request.headers = {{"content-type", "multipart/form-data; boundary=" + boundary}};
  request.stream =
      form_of(to, url, film, files, boundary, [note](std::int64_t at) { note([at](look& of) { of.read = at; }); });
  request.timeout = upload_timeout;
  // An address that Pinterest named leads nowhere inside.
  request.address = is_own_host ? trust::platform : trust::user_given;
  client.send(std::move(request), [note](const egress_reply& reply) {
    note([&reply](look& of) {
      const bool is_taken = reply.how_far == progress::complete && reply.status >= 200 && reply.status < 300;
      of.is = is_taken ? state::taken : state::failed;
      if (is_taken) return;
      of.why = reply.how_far == progress::complete
                   ? "Pinterest did not take the film: it answered " + std::to_string(reply.status) + "."
                   : "The film did not reach Pinterest. " + reply.error;
    });
  });
  return true;
}

film_uploads::look film_uploads::find(const std::string& media_id) const {
  const std::lock_guard lock{all_->mutex};
  const auto found = all_->films.find(media_id);
  return found == all_->films.end() ? look{} : found->second;
}

void film_uploads::forget(const std::string& media_id) {
  const std::lock_guard lock{all_->mutex};
  all_->films.erase(media_id);
}

std::shared_ptr<publish_steps> publishing_film(const pinterest_options& options, media_files* files,
                                               std::shared_ptr<film_uploads> uploads, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(options, files, std::move(uploads), client, clock, std::move(what),
                                      std::move(done));
}

}  // namespace pulse::connectors::pinterest
