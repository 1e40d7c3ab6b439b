#include "sandbox/linkedin/films.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "sandbox/core/verdicts.hpp"
#include "sandbox/linkedin/errors.hpp"
#include "sandbox/linkedin/requests.hpp"

namespace pulse::sandbox::linkedin {

namespace {

constexpr std::string_view piece_path = "/dms-uploads/films/";
constexpr std::string_view part_word = "/part/";
constexpr std::int64_t piece_bytes = 4'194'304;
constexpr std::int64_t least_bytes = 75 * 1024;
constexpr std::int64_t most_bytes = 500LL * 1024 * 1024;

verdict did(response answer, std::string id) { return {std::move(answer), decision::done, std::move(id), {}}; }

verdict wrong(std::string_view what) { return refuse(refusal(400, "INVALID_VALUE_FOR_FIELD", what)); }

std::int64_t size_of_piece(std::int64_t bytes, std::size_t index) {
  return std::min(piece_bytes, bytes - static_cast<std::int64_t>(index) * piece_bytes);
}

/// The object `name` of the body; nothing if it is not one.
std::optional<boost::json::object> read_call(const http::server::request& request, std::string_view name) {
  base::json::cursor ignored;
  const auto document = base::json::parse(request.body, ignored);
  if (!document || !document->is_object()) return std::nullopt;
  const auto* call = document->get_object().if_contains(name);
  if (call == nullptr || !call->is_object() || document->get_object().size() != 1) return std::nullopt;
  return call->get_object();
}

std::string etag_of(std::size_t index, std::uint32_t checksum) { return fmt::format("part-{}-{}", index, checksum); }

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

}  // namespace

bool film_store::is_piece(std::string_view path) { return path.starts_with(piece_path); }

verdict film_store::begin(const http::server::request& request, const std::string& owner) {
  const auto call = read_call(request, "initializeUploadRequest");
  if (!call) return wrong("initializeUploadRequest is required");
  if (text_at(*call, "owner") != owner) return refuse(forbidden("videos.ACTION-initializeUpload"));
  const auto* size = call->if_contains("fileSizeBytes");
  if (size == nullptr || !size->is_int64() || size->get_int64() < least_bytes || size->get_int64() > most_bytes)
    return wrong("fileSizeBytes is not the size of a film that LinkedIn takes");
  film made;
  made.owner = owner;
  made.bytes = size->get_int64();
  const auto pieces = static_cast<std::size_t>((made.bytes + piece_bytes - 1) / piece_bytes);
  made.checksums.resize(pieces);
  made.has.resize(pieces);
  const auto key = "C5F10AQ" + std::to_string(++last_);
  const auto urn = "urn:li:video:" + key;
  boost::json::array instructions;
  for (std::size_t i = 0; i < pieces; ++i) {
    const auto first = static_cast<std::int64_t>(i) * piece_bytes;
    instructions.push_back({{"uploadUrl", fmt::format("http://{}{}{}{}{}", request.find("host").value_or(""),
                                                      piece_path, key, part_word, i)},
                            {"firstByte", first},
                            {"lastByte", first + size_of_piece(made.bytes, i) - 1}});
  }
  films_[urn] = std::move(made);
  return did(
      response::json(
          200, boost::json::serialize(boost::json::object{
                   {"value", {{"video", urn}, {"uploadInstructions", std::move(instructions)}, {"uploadToken", ""}}}})),
      urn);
}

verdict film_store::put(const http::server::request& request) {
  auto rest = std::string_view{request.path}.substr(piece_path.size());
  const auto cut = rest.find(part_word);
  if (cut == rest.npos) return refuse(not_found());
  const auto found = films_.find("urn:li:video:" + std::string{rest.substr(0, cut)});
  const auto number = rest.substr(cut + part_word.size());
  std::size_t index = 0;
  const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (found == films_.end() || failed != std::errc{} || end != number.data() + number.size() ||
      index >= found->second.has.size())
    return refuse(not_found());
  auto& one = found->second;
  if (one.is_final) return wrong("The upload is finalized");
  if (static_cast<std::int64_t>(request.body.size()) != size_of_piece(one.bytes, index))
    return wrong("The piece has not the size that was named");
  one.checksums[index] = crc_of(request.body);
  one.has[index] = true;
  auto answer = response::empty(200);
  answer.headers.push_back({"etag", etag_of(index, one.checksums[index])});
  return did(std::move(answer), found->first);
}

verdict film_store::finalize(const http::server::request& request, const std::string& owner, base::timestamp ready_at,
                             bool fails) {
  const auto call = read_call(request, "finalizeUploadRequest");
  if (!call) return wrong("finalizeUploadRequest is required");
  const auto urn = text_at(*call, "video");
  const auto found = films_.find(urn);
  if (found == films_.end() || found->second.owner != owner) return refuse(not_found());
  auto& one = found->second;
  if (one.is_final) return wrong("The upload is finalized already");
  const auto* ids = call->if_contains("uploadedPartIds");
  if (ids == nullptr || !ids->is_array() || ids->get_array().size() != one.has.size())
    return wrong("uploadedPartIds must name all pieces");
  uLong whole = ::crc32(0, nullptr, 0);
  for (std::size_t i = 0; i < one.has.size(); ++i) {
    const auto& id = ids->get_array()[i];
    if (!one.has[i] || !id.is_string() || id.get_string() != etag_of(i, one.checksums[i]))
      return wrong("uploadedPartIds must name the pieces in order");
    whole = ::crc32_combine(whole, one.checksums[i], static_cast<z_off_t>(size_of_piece(one.bytes, i)));
  }
  one.checksum = static_cast<std::uint32_t>(whole);
  one.is_final = true;
  one.ready_at = ready_at;
  one.fails = fails;
  return did(response::empty(200), urn);
}

verdict film_store::status(const std::string& urn, const std::string& owner, base::timestamp now) const {
  const auto found = films_.find(urn);
  if (found == films_.end() || found->second.owner != owner) return refuse(not_found());
  const auto& one = found->second;
  boost::json::object shown{{"id", urn}, {"owner", owner}};
  if (!one.is_final) {
    shown["status"] = "WAITING_UPLOAD";
  } else if (now < one.ready_at) {
    shown["status"] = "PROCESSING";
  } else if (one.fails) {
    shown["status"] = "PROCESSING_FAILED";
    shown["processingFailureReason"] = "The file could not be read.";
  } else {
    shown["status"] = "AVAILABLE";
  }
  return did(response::json(200, boost::json::serialize(shown)), urn);
}

std::string film_store::mark_of(const std::string& urn, const std::string& owner, base::timestamp now) const {
  const auto found = films_.find(urn);
  if (found == films_.end() || found->second.owner != owner) return {};
  const auto& one = found->second;
  return one.is_final && !one.fails && now >= one.ready_at ? std::to_string(one.checksum) : std::string{};
}

}  // namespace pulse::sandbox::linkedin
