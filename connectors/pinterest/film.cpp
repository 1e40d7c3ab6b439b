#include "connectors/pinterest/film.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/secure.hpp"
#include "connectors/egress/url_encoding.hpp"
#include "connectors/pinterest/classify.hpp"
#include "connectors/shared/picture_problem.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::pinterest {

namespace {

using domain::outcome;
using domain::outcome_kind;
using std::chrono::milliseconds;

constexpr const char* film_handle = "film";         // the media id
constexpr const char* taken_handle = "film_taken";  // "yes": Pinterest has all of it
constexpr const char* ready_handle = "film_ready";  // "yes": a pin can be made of it
constexpr const char* form_handle = "film_form";    // Pinterest's reply, which says where and how the film is sent
constexpr const char* until_handle = "film_form_until";

/// Pinterest's form is good for an hour, and an upload that is begun with it may take half of one.
constexpr std::chrono::minutes form_life{29};
constexpr std::size_t longest_form = 16 * 1024;
/// The least time that a step needs; with less it is left to the next attempt.
constexpr milliseconds step_needs{2'500};
constexpr milliseconds upload_pause{500};
constexpr milliseconds look_pause{1'000};

std::string host_of(const std::string& url) {
  const auto begin = url.find("://");
  return url.substr(0, url.find_first_of("/?#", begin == std::string::npos ? 0 : begin + 3));
}

std::shared_ptr<const streamed_body> form_of(const film_place& to, const std::string& url,
                                             const media_files::facts& film, media_files& files,
                                             const std::string& boundary) {
  auto made = film_stream(url, film.bytes, files);
  for (const auto& [name, value] : to.fields) {
    made->front +=
        "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  made->front += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"film\"\r\n" +
                 "Content-Type: " + film.type + "\r\n\r\n";
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
      judge_pictures(domain::channel_type::pinterest, [this] { id_.empty() ? register_film() : resume(); });
    });
  }

  /// What was registered and then left, by an upload that failed or a process that died: Pinterest knows whether it has
  /// the film.
  void resume() {
    ask(film_request(), [this](const egress_reply& reply) {
      if (reply.status == 404) return register_film();
      if (reply.status != 200 || reply.how_far != progress::complete)
        return end(problem_of(reply, step::harmless, now()));
      const auto told = object_of(reply.body);
      const auto status = told ? text_at(*told, "status") : std::string{};
      if (status == "processing" || status == "succeeded") return keep_taken();
      const auto until = base::parse_timestamp(kept_for_image(until_handle).value_or(""));
      const auto form = kept_for_image(form_handle).value_or("");
      const auto place = status == "registered" && until && now() < *until ? place_in(form) : std::nullopt;
      if (!place) return register_film();
      send_film(*place);
    });
  }

  void register_film() {
    auto request = request_to(options_, "POST", "media", what().account);
    request.headers.push_back({"content-type", "application/json"});
    request.body = R"({"media_type":"video"})";
    ask(std::move(request), [this](const egress_reply& reply) {
      if (reply.status != 200 && reply.status != 201) return end(problem_of(reply, step::harmless, now()));
      const auto place = reply.how_far == progress::complete ? place_in(reply.body) : std::nullopt;
      if (!place)
        return end({.kind = outcome_kind::transient, .reason = "Pinterest named no address to upload the film to."});
      id_ = place->media_id;
      keep_for_image({{film_handle, id_},
                      {taken_handle, ""},
                      {ready_handle, ""},
                      {form_handle, reply.body.size() <= longest_form ? reply.body : ""},
                      {until_handle, base::to_string(now() + form_life)}},
                     [this, to = *place] { send_film(to); });
    });
  }

  bool is_own_host(const film_place& place) const { return host_of(place.upload_url) == host_of(options_.base_url); }

  std::optional<film_place> place_in(const std::string& body) const {
    auto place = read_film_place(body);
    if (place && !is_own_host(*place) && !place->upload_url.starts_with("https://")) place.reset();
    return place;
  }

  void send_film(const film_place& to) {
    const auto boundary = "pulse-" + base::random_token(24);
    egress_request request;
    request.method = "POST";
    request.url = to.upload_url;
    request.headers = {{"content-type", "multipart/form-data; boundary=" + boundary}};
    request.stream = form_of(to, what().film()->url, film_, *files_, boundary);
    // An address that Pinterest named leads nowhere inside.
    request.address = is_own_host(to) ? trust::platform : trust::user_given;
    if (!uploads_->begin(id_, std::move(request), client_))
      return end({.kind = outcome_kind::transient, .reason = "Other films are on their way to Pinterest; it follows."});
    follow(0);
  }

  /// Until Pinterest has the film, or the attempt's time is over: the film goes on meanwhile.
  void follow(std::int64_t read_before) {
    const auto upload = uploads_->find(id_);
    if (upload.is != film_uploads::state::running) {
      uploads_->forget(id_);
      return upload.reply ? read_upload(*upload.reply) : fail_upload("The film did not reach Pinterest.");
    }
    if (left() > upload_pause + step_needs)
      return wait(upload_pause, step_needs, [this, read_before] { follow(read_before); });
    auto told = "Pinterest is being sent the film: " + in_megabytes(upload.read) + " so far.";
    if (upload.read > read_before || upload.read == 0) return go_on_later(std::move(told), look_pause);
    end({.kind = outcome_kind::transient, .reason = std::move(told)});
  }

  void read_upload(const egress_reply& reply) {
    const bool is_whole = reply.how_far == progress::complete;
    if (is_whole && reply.status >= 200 && reply.status < 300) return keep_taken();
    if (!is_whole) return fail_upload("The film did not reach Pinterest. " + reply.error);
    auto why = "Pinterest did not take the film: it answered " + std::to_string(reply.status) + ".";
    // What the form was refused for may be its age: the next attempt begins with another.
    if (reply.status >= 300 && reply.status < 500)
      return forget_film({.kind = outcome_kind::transient, .reason = std::move(why)});
    fail_upload(std::move(why));
  }

  /// The registration stays: the next attempt sends the film to it again, if it has not arrived after all.
  void fail_upload(std::string why) { end({.kind = outcome_kind::transient, .reason = std::move(why)}); }

  void keep_taken() {
    keep_for_image({{taken_handle, "yes"}, {form_handle, ""}}, [this] { look(); });
  }

  egress_request film_request() const {
    return request_to(options_, "GET", "media/" + percent_encoded(id_), what().account);
  }

  void look() {
    ask(film_request(), [this](const egress_reply& reply) {
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
    keep_for_image({{film_handle, ""}, {taken_handle, ""}, {ready_handle, ""}, {form_handle, ""}},
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

std::shared_ptr<publish_steps> publishing_film(const pinterest_options& options, media_files* files,
                                               std::shared_ptr<film_uploads> uploads, egress& client,
                                               const base::clock& clock, publication what,
                                               std::function<void(publish_reply)> done) {
  return std::make_shared<film_steps>(options, files, std::move(uploads), client, clock, std::move(what),
                                      std::move(done));
}

}  // namespace pulse::connectors::pinterest
