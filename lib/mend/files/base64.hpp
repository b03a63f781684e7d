#pragma once

#include <string>
#include <string_view>

namespace mend {

/// Bytes as text of A-Z a-z 0-9 + / with padding = (RFC 4648, section 4): what a data URI in a page carries.
std::string base64(std::string_view bytes);

}  // namespace mend
