// Removes place, time and camera from a picture, for platforms that publish the very bytes that they are given.
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors {

/// The picture without Exif, XMP, IPTC, comments and times, in JPEG (ITU T.81), PNG and WebP (RFC 9649). How a JPEG is
/// turned stays, and so do colours: nobody sees a difference. What cannot be read whole, and other types, are given
/// back as they are.
std::string without_metadata(std::string_view picture);

}  // namespace pulse::connectors
