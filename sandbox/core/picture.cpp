#include "sandbox/core/picture.hpp"

#include <cstdint>
#include <initializer_list>

namespace pulse::sandbox {

namespace {

constexpr std::size_t side = 320;
constexpr std::size_t max_comment = 1'000;

void append(std::string& out, std::initializer_list<int> bytes) {
  for (const int byte : bytes) out += static_cast<char>(byte);
}

/// A marker segment: its length counts itself (ITU T.81 §B.1.1.4).
void append_segment(std::string& out, int marker, const std::string& content) {
  const auto size = content.size() + 2;
  append(out, {0xff, marker, static_cast<int>(size >> 8), static_cast<int>(size & 0xff)});
  out += content;
}

/// A Huffman table with a single code, "0", for the symbol 0 (ITU T.81 §B.2.4.2).
std::string one_code_table(int class_and_id) {
  std::string table;
  append(table, {class_and_id, 1});
  table.append(15, '\0');  // no codes of 2 to 16 bits
  append(table, {0});
  return table;
}

}  // namespace

std::string jpeg(std::string_view comment) {
  std::string made;
  append(made, {0xff, 0xd8});
  std::string jfif{"JFIF"};
  append(jfif, {0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
  append_segment(made, 0xe0, jfif);
  if (!comment.empty()) append_segment(made, 0xfe, std::string{comment.substr(0, max_comment)});
  std::string quantization(65, '\x01');  // table 0: coefficients stay unchanged
  quantization.front() = '\0';
  append_segment(made, 0xdb, quantization);
  std::string frame;  // 8 bits, one component without subsampling
  append(frame, {8, side >> 8, side & 0xff, side >> 8, side & 0xff, 1, 1, 0x11, 0});
  append_segment(made, 0xc0, frame);
  append_segment(made, 0xc4, one_code_table(0x00));
  append_segment(made, 0xc4, one_code_table(0x10));
  std::string scan;
  append(scan, {1, 1, 0x00, 0, 63, 0});
  append_segment(made, 0xda, scan);
  // Two bits for each block of 8 by 8: no difference to the previous block, and no further coefficients.
  made.append(side / 8 * (side / 8) * 2 / 8, '\0');
  append(made, {0xff, 0xd9});
  return made;
}

std::string gif(int pictures, std::size_t size) {
  std::string made{"GIF89a"};
  append(made, {1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff});
  for (int i = 0; i < pictures; ++i) {
    append(made, {0x21, 0xf9, 4, 0, 10, 0, 0, 0});
    append(made, {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
  }
  constexpr std::size_t block = 255;
  while (made.size() + 1 < size) {
    append(made, {0x21, 0xfe, block});
    made.append(block, ' ');
    append(made, {0});
  }
  append(made, {0x3b});
  return made;
}

}  // namespace pulse::sandbox
