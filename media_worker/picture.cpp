#include "media_worker/picture.hpp"

#include <fmt/core.h>
#include <unistd.h>
#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "domain/media/limits.hpp"

namespace pulse::media_worker {

namespace {

using domain::media_findings;

struct let_go {
  void operator()(void* object) const { g_object_unref(object); }
};
using image = std::unique_ptr<VipsImage, let_go>;
using source = std::unique_ptr<VipsSource, let_go>;

constexpr int preview_quality = 80;
/// What is tried one after the other until the picture is small enough.
constexpr std::array<int, 4> qualities{88, 80, 70, 60};
constexpr std::array<double, 6> scales{1.0, 0.8, 0.6, 0.45, 0.3, 0.2};

media_findings refuse(std::string why) {
  return {.problem = std::move(why), .kind = domain::media_kind::image, .type = {}};
}

constexpr std::string_view damaged = "The picture is damaged or cut off: it cannot be read to its end.";

/// The reader that libvips must choose for this type by itself: two that disagree have met a file that is two things.
std::string_view reader_of(const std::string& type) {
  if (type == "image/jpeg") return "VipsForeignLoadJpegSource";
  if (type == "image/png") return "VipsForeignLoadPngSource";
  if (type == "image/gif") return "VipsForeignLoadNsgifSource";
  if (type == "image/webp") return "VipsForeignLoadWebpSource";
  return "";
}

/// From its beginning; the descriptor stays open.
source open(int in) {
  ::lseek(in, 0, SEEK_SET);
  return source{vips_source_new_from_descriptor(in)};
}

std::int64_t duration_of(VipsImage* of) {
  int* delays = nullptr;
  int count = 0;
  if (vips_image_get_typeof(of, "delay") == 0 || vips_image_get_array_int(of, "delay", &delays, &count) != 0) return 0;
  std::int64_t sum = 0;
  for (int i = 0; i < count; ++i) sum += std::clamp(delays[i], 0, 600'000);
  return sum;
}

/// From the header alone: nothing is decoded before its size is known to be bearable.
media_findings measure(int in, const std::string& type) {
  const auto from = open(in);
  const char* const reader = from ? vips_foreign_find_load_source(from.get()) : nullptr;
  if (reader == nullptr || reader_of(type) != reader) return refuse("The file is not the picture that it seems to be.");
  const image head{vips_image_new_from_source(from.get(), "", "access", VIPS_ACCESS_SEQUENTIAL, nullptr)};
  if (!head) return refuse(std::string{damaged});
  const int width = vips_image_get_width(head.get());
  const int height = vips_image_get_page_height(head.get());
  const int frames = vips_image_get_n_pages(head.get());
  const auto pixels = static_cast<std::int64_t>(width) * height;
  if (width > domain::most_picture_side || height > domain::most_picture_side || pixels > domain::most_picture_pixels) {
    return refuse(fmt::format("The picture has {} x {} pixels; at most 64 million are taken.", width, height));
  }
  if (frames > domain::most_animation_frames)
    return refuse(fmt::format("The animation has {} frames; at most 1,000 are taken.", frames));
  const bool lies = vips_image_get_orientation_swap(head.get()) != 0;
  return {.problem = {},
          .kind = domain::media_kind::image,
          .type = type,
          .width = lies ? height : width,
          .height = lies ? width : height,
          .duration_ms = frames > 1 ? duration_of(head.get()) : 0,
          .is_animated = frames > 1};
}

/// Whether every row is there. The other readers look ahead for the end of the file (media_worker/kind).
bool has_all_rows(int in, const std::string& type) {
  if (type != "image/png") return true;
  const auto from = open(in);
  const image whole{from ? vips_image_new_from_source(from.get(), "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                                      VIPS_FAIL_ON_WARNING, nullptr)
                         : nullptr};
  double mean = 0;
  return whole && vips_avg(whole.get(), &mean, nullptr) == 0;
}

/// The picture at no more than this size, upright, in the colours of screens, read to its end.
image shrink(int in, int width, int height) {
  const auto from = open(in);
  VipsImage* made = nullptr;
  if (!from || vips_thumbnail_source(from.get(), &made, width, "height", height, "size", VIPS_SIZE_DOWN, "fail_on",
                                     VIPS_FAIL_ON_ERROR, "export_profile", "srgb", nullptr) != 0) {
    return nullptr;
  }
  return image{made};
}

/// Without transparency: on white.
image on_white(const image& of) {
  if (!vips_image_hasalpha(of.get())) return image{static_cast<VipsImage*>(g_object_ref(of.get()))};
  VipsImage* made = nullptr;
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white{
      vips_array_double_newv(1, 255.0), [](VipsArrayDouble* each) { vips_area_unref(VIPS_AREA(each)); }};
  if (vips_flatten(of.get(), &made, "background", white.get(), nullptr) != 0) return nullptr;
  return image{made};
}

struct encoded {
  void* bytes = nullptr;
  std::size_t count = 0;
  encoded() = default;
  ~encoded() { g_free(bytes); }
  encoded(const encoded&) = delete;
  encoded& operator=(const encoded&) = delete;

  bool write_to(int out) const {
    for (std::size_t done = 0; done < count;) {
      const auto part = ::write(out, static_cast<const char*>(bytes) + done, count - done);
      if (part <= 0) return false;
      done += static_cast<std::size_t>(part);
    }
    return true;
  }
};

bool encode(const image& of, const std::string& type, int quality, encoded& to) {
  g_free(to.bytes);
  to.bytes = nullptr;
  if (type == "image/png") return vips_pngsave_buffer(of.get(), &to.bytes, &to.count, "strip", TRUE, nullptr) == 0;
  return vips_jpegsave_buffer(of.get(), &to.bytes, &to.count, "Q", quality, "strip", TRUE, "optimize_coding", TRUE,
                              nullptr) == 0;
}

}  // namespace

bool prepare_pictures(const char* program) {
  if (VIPS_INIT(program) != 0) return false;
  vips_block_untrusted_set(TRUE);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  return true;
}

media_findings look_at_picture(int in, int out, const std::string& type) {
  auto found = measure(in, type);
  if (!found.problem.empty()) return found;
  if (!has_all_rows(in, type)) return refuse(std::string{damaged});
  const auto small = shrink(in, domain::preview_side, domain::preview_side);
  const auto flat = small ? on_white(small) : nullptr;
  encoded preview;
  if (!flat || !encode(flat, "image/jpeg", preview_quality, preview)) return refuse(std::string{damaged});
  if (!preview.write_to(out)) return refuse("The preview could not be written.");
  return found;
}

media_findings fit_picture(int in, int out, const domain::fit_order& order) {
  const int widest = order.max_width > 0 ? order.max_width : domain::most_picture_side;
  const int highest = order.max_height > 0 ? order.max_height : domain::most_picture_side;
  const auto whole = shrink(in, widest, highest);
  const auto flat = whole && order.type == "image/jpeg" ? on_white(whole) : nullptr;
  // Held once, because it is encoded several times and read from its file once.
  const image kept{whole ? vips_image_copy_memory(flat ? flat.get() : whole.get()) : nullptr};
  if (!kept) return refuse(std::string{damaged});
  for (const double scale : scales) {
    VipsImage* scaled = nullptr;
    if (vips_resize(kept.get(), &scaled, scale, nullptr) != 0) return refuse(std::string{damaged});
    const image smaller{scaled};
    for (const int quality : qualities) {
      encoded made;
      if (!encode(smaller, order.type, quality, made)) return refuse(std::string{damaged});
      if (order.max_bytes > 0 && made.count > static_cast<std::size_t>(order.max_bytes)) {
        if (order.type == "image/png") break;  // knows no quality
        continue;
      }
      if (!made.write_to(out)) return refuse("The fitted picture could not be written.");
      return {.problem = {},
              .kind = domain::media_kind::image,
              .type = order.type,
              .width = vips_image_get_width(smaller.get()),
              .height = vips_image_get_height(smaller.get())};
    }
  }
  return refuse("The picture cannot be made small enough.");
}

}  // namespace pulse::media_worker
