#include "config/log.hpp"

#include <memory>

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.hpp"
#include "base/time.hpp"

namespace pulse::config {

namespace {

spdlog::level::level_enum to_spdlog(log_level level) {
  switch (level) {
    case log_level::debug: return spdlog::level::debug;
    case log_level::info: return spdlog::level::info;
    case log_level::warning: return spdlog::level::warn;
    case log_level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

/// `{"at":"…","level":"info","message":"…"}`, escaped, so that no message can forge a line.
class json_formatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& line, spdlog::memory_buf_t& to) override {
    const auto at = std::chrono::floor<std::chrono::microseconds>(line.time);
    std::string text = "{\"at\":\"" + base::to_string(base::timestamp{at}) + "\",\"level\":";
    const auto level = spdlog::level::to_string_view(line.level);
    base::json::write_string(text, {level.data(), level.size()});
    text += ",\"message\":";
    base::json::write_string(text, {line.payload.data(), line.payload.size()});
    text += "}\n";
    to.append(text.data(), text.data() + text.size());
  }

  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<json_formatter>(); }
};

}  // namespace

void set_up_log(const settings& from) {
  auto logger = std::make_shared<spdlog::logger>("pulse", std::make_shared<spdlog::sinks::stdout_sink_mt>());
  logger->set_level(to_spdlog(from.least_log_level));
  switch (from.log_as) {
    case log_format::text: logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc); break;
    case log_format::json: logger->set_formatter(std::make_unique<json_formatter>()); break;
  }
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace pulse::config
