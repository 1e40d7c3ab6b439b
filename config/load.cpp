#include "config/load.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "config/env_file.hpp"
#include "config/generated_secrets.hpp"
#include "config/names.hpp"
#include "config/production.hpp"
#include "config/small_file.hpp"
#include "config/value_text.hpp"

namespace pulse::config {

namespace {

constexpr std::size_t max_secret_file_size = 16 * 1024;

/// One place that settings come from, by name.
struct layer {
  origin kind = origin::environment;
  std::map<std::string, std::string> values;
  std::map<std::string, std::string> places;  // of those that have one of their own
  std::string place;

  const std::string& place_of(const std::string& name) const {
    const auto own = places.find(name);
    return own == places.end() ? place : own->second;
  }
};

/// A value as it was found, before it is read.
struct candidate {
  std::string text;
  std::string name;
  origin from = origin::default_value;
  std::string place = "default";
};

/// One run of `load`.
class loading {
 public:
  explicit loading(const sources& from) : from_(from) {}
  base::result<loaded_settings, invalid_settings> run();

 private:
  void read_env_file();
  void check_names(const std::vector<env_entry>& entries);
  void take(const declaration& setting);
  candidate find(const declaration& setting);
  std::optional<candidate> find(const declaration& setting, const layer& in);
  std::string read_secret_file(const std::string& name, const std::string& place, const std::string& path);
  std::string with_references(std::string_view text) const;
  bool is_absent(const declaration& setting);
  void accept(const declaration& setting, const candidate& found);
  void check_production();
  void check_tls();
  void check_bucket();
  void take_generated();
  void report(std::string_view name, const std::string& place, std::string_view message);

  const sources& from_;
  layer environment_;
  layer env_file_;
  loaded_settings made_;
  std::map<std::string_view, std::string> texts_;  // by setting, for the defaults that refer to it
  std::set<std::string_view> to_generate_;
  std::vector<std::string> problems_;
};

base::result<loaded_settings, invalid_settings> loading::run() {
  environment_ = {origin::environment, from_.environment, {}, "environment"};
  read_env_file();
  for (const auto& setting : declarations()) take(setting);
  check_production();
  check_tls();
  check_bucket();
  if (problems_.empty()) take_generated();
  if (!problems_.empty()) return invalid_settings{problems_};
  return std::move(made_);
}

void loading::read_env_file() {
  const auto file = from_.env_file.string();
  const auto text = read_small_file(from_.env_file, max_env_file_size);
  if (!text) {
    if (text.error() == ENOENT && !from_.env_file_must_exist) return;
    problems_.push_back(fmt::format("{}: cannot be read: {}", file, std::strerror(text.error())));
    return;
  }
  const auto entries = parse_env(*text);
  if (!entries) {
    for (const auto& wrong : entries.error()) {
      problems_.push_back(fmt::format("{} line {}: {}", file, wrong.line, wrong.message));
    }
    return;
  }
  env_file_ = {origin::env_file, {}, {}, file};
  for (const auto& entry : *entries) {
    env_file_.values[entry.name] = entry.value;
    env_file_.places[entry.name] = fmt::format("{} line {}", file, entry.line);
  }
  check_names(*entries);
}

void loading::check_names(const std::vector<env_entry>& entries) {
  std::string unknown;
  std::string not_used_yet;
  for (const auto& entry : entries) {
    switch (kind_of_name(entry.name)) {
      case name_kind::setting: break;
      case name_kind::not_used_yet: not_used_yet += (not_used_yet.empty() ? "" : ", ") + entry.name; break;
      case name_kind::unknown:
        if (const auto meant = nearest_name(entry.name)) {
          report(entry.name, env_file_.place_of(entry.name),
                 fmt::format("is not a setting; write {} if that is meant, or remove the line", *meant));
        } else {
          unknown += (unknown.empty() ? "" : ", ") + entry.name;
        }
    }
  }
  const auto file = from_.env_file.string();
  if (!unknown.empty())
    made_.warnings.push_back(fmt::format("{} names what Pulse does not know and ignores: {}", file, unknown));
  if (!not_used_yet.empty()) {
    made_.warnings.push_back(
        fmt::format("{} names what this version of Pulse does not use yet: {}", file, not_used_yet));
  }
}

void loading::take(const declaration& setting) {
  // While the value is not valid, settings that refer to it use its default, so that they are checked all the same.
  const bool is_sandboxed = !setting.sandbox_text.empty() && !made_.values.sandbox_url.empty();
  texts_[setting.name] = with_references(is_sandboxed ? setting.sandbox_text : setting.default_text);
  const auto problems_before = problems_.size();
  const auto found = find(setting);
  if (problems_.size() != problems_before) return;  // the problems found are reported already
  if (found.from == origin::default_value && setting.default_text.empty() && is_absent(setting)) return;
  if (setting.value.read(found.text, made_.values)) return accept(setting, found);
  const auto is = setting.is_secret() ? "" : fmt::format(", is \"{}\"", found.text);
  report(found.name, found.place, fmt::format("must be {}{}", setting.value.allowed, is));
}

/// What to do about a setting that is not given and has no default; false when it may be empty.
bool loading::is_absent(const declaration& setting) {
  switch (setting.absent) {
    case when_absent::takes_default: return false;
    case when_absent::refused: {
      std::string message = "is missing. ";
      message += setting.sentence;
      message += " Example: ";
      message += setting.name;
      message += '=';
      message += setting.example;
      report(setting.name, "", message);
      return true;
    }
    case when_absent::generated:
      made_.effective.push_back(
          {&setting, std::string{setting.name}, origin::generated, "generated at the first start", ""});
      to_generate_.insert(setting.name);
      return true;
  }
  return false;
}

candidate loading::find(const declaration& setting) {
  auto found = find(setting, environment_);
  if (!found) found = find(setting, env_file_);
  if (found && !found->text.empty()) return *found;
  candidate by_default;
  by_default.text = texts_[setting.name];
  by_default.name = setting.name;
  return by_default;
}

/// What `in` says of a setting under any of its names; nothing when it does not name it.
std::optional<candidate> loading::find(const declaration& setting, const layer& in) {
  std::optional<candidate> found;
  std::string given;  // as it stands there: a file's path, not yet its content
  for (const auto& name : names_of(setting)) {
    const auto entry = in.values.find(name.text);
    if (entry == in.values.end()) continue;
    const auto& place = in.place_of(name.text);
    if (found && !given.empty()) {
      // A second name is fine as long as it says nothing else.
      if (entry->second.empty() || (!name.is_file && entry->second == given)) continue;
      report(name.text, place, fmt::format("names the same setting as {}; give one of them", found->name));
      continue;
    }
    given = entry->second;
    found = candidate{given, name.text, in.kind, place};
    if (!name.is_file || given.empty()) continue;
    found->place += ", file " + given;
    found->text = read_secret_file(name.text, place, given);
  }
  return found;
}

/// The secret in the file at `path`; empty, and reported, if there is none.
std::string loading::read_secret_file(const std::string& name, const std::string& place, const std::string& path) {
  auto text = read_small_file(path, max_secret_file_size);
  if (!text) {
    report(name, place, fmt::format("names the file {}, which cannot be read: {}", path, std::strerror(text.error())));
    return {};
  }
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  if (text->empty()) report(name, place, fmt::format("names the file {}, which is empty", path));
  return std::move(*text);
}

std::string loading::with_references(std::string_view text) const {
  const auto start = text.find('{');
  const auto end = text.find('}');
  if (start == text.npos || end == text.npos) return std::string{text};
  std::string made{text.substr(0, start)};
  const auto value = texts_.find(text.substr(start + 1, end - start - 1));
  if (value != texts_.end()) made += value->second;
  while (made.ends_with('/') && text.substr(end + 1).starts_with('/')) made.pop_back();
  made += text.substr(end + 1);
  return made;
}

void loading::accept(const declaration& setting, const candidate& found) {
  texts_[setting.name] = found.text;
  effective_setting entry{&setting, found.name, found.from, found.place, found.text};
  switch (setting.visible) {
    case shown::in_full: break;
    case shown::without_password: entry.value = without_password(found.text); break;
    case shown::never: entry.value = "(hidden)"; break;
  }
  made_.effective.push_back(std::move(entry));
}

void loading::check_tls() {
  const bool has_certificate = !made_.values.tls_certificate_path.empty();
  const bool has_key = !made_.values.tls_key_path.empty();
  if (has_certificate && !has_key) report("TLS_KEY_PATH", "", "is missing; TLS_CERTIFICATE_PATH is given");
  if (has_key && !has_certificate) report("TLS_CERTIFICATE_PATH", "", "is missing; TLS_KEY_PATH is given");
}

void loading::check_bucket() {
  const auto& values = made_.values;
  if (values.media_s3_bucket.empty()) return;
  if (values.media_s3_key_id.empty()) report("MEDIA_S3_KEY_ID", "", "is missing; MEDIA_S3_BUCKET is given");
  if (values.media_s3_secret_key.empty()) report("MEDIA_S3_SECRET_KEY", "", "is missing; MEDIA_S3_BUCKET is given");
}

void loading::check_production() {
  if (made_.values.app_env != environment::production) return;
  for (const auto name : to_generate_) {
    report(name, "",
           fmt::format("is missing; production needs one of its own: make one with `openssl rand -base64 48`, keep it "
                       "safe, and give it in the environment or as {}_FILE",
                       name));
  }
  for (const auto& wrong : production_problems(made_.values)) {
    const auto entry = std::find_if(made_.effective.begin(), made_.effective.end(),
                                    [&](const auto& each) { return each.setting->name == wrong.setting; });
    if (entry == made_.effective.end()) {
      report(wrong.setting, "", wrong.message);
    } else {
      report(entry->name, entry->place, wrong.message);
    }
  }
}

/// Only reached in development, and when nothing else is wrong: a start that fails leaves no files behind.
void loading::take_generated() {
  if (to_generate_.empty()) return;
  const std::vector<std::string_view> names(to_generate_.begin(), to_generate_.end());
  const auto& state_dir = made_.values.state_dir;
  const auto secrets =
      from_.may_generate ? ensure_generated_secrets(state_dir, names) : read_generated_secrets(state_dir);
  if (!secrets) {
    report("PULSE_STATE_DIR", "", secrets.error());
    return;
  }
  const auto place = "generated, kept in " + generated_secrets_file(state_dir).string();
  for (auto& entry : made_.effective) {
    if (entry.from != origin::generated) continue;
    const auto value = secrets->find(entry.name);
    if (value == secrets->end()) continue;
    entry.place = place;
    entry.value = "(hidden)";
    if (entry.setting->value.read(value->second, made_.values)) continue;
    report(entry.name, place, "must be " + entry.setting->value.allowed);
  }
}

void loading::report(std::string_view name, const std::string& place, std::string_view message) {
  std::string line{name};
  if (!place.empty() && place != "default") line += fmt::format(" ({})", place);
  line += ": ";
  line += message;
  problems_.push_back(std::move(line));
}

}  // namespace

std::map<std::string, std::string> environment_of_process() {
  std::map<std::string, std::string> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text{*entry};
    const auto equals = text.find('=');
    if (equals != text.npos) all.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return all;
}

std::string invalid_settings::message() const {
  std::string text = "Pulse cannot start: ";
  text += problems.size() == 1 ? "a setting is wrong.\n" : std::to_string(problems.size()) + " settings are wrong.\n";
  for (const auto& problem : problems) text += fmt::format("  {}\n", problem);
  return text + "`pulse --help` describes every setting.\n";
}

base::result<loaded_settings, invalid_settings> load(const sources& from) { return loading{from}.run(); }

}  // namespace pulse::config
