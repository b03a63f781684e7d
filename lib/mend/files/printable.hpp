#pragma once

#include <string>
#include <string_view>

namespace mend {

/// Text from outside as an error may show it: on one line, without what a terminal would obey, and not endless.
///
/// \param text  of any length and any bytes
/// \return as much of it as fits into 300 characters, and "..." where there is more; what is not printable ASCII as "\x1b"
std::string printable(std::string_view text);

}  // namespace mend
