#include "mend/files/printable.hpp"

namespace mend {

std::string printable(std::string_view text) {
  constexpr std::size_t most = 300;
  constexpr char digits[] = "0123456789abcdef";
  std::string shown;
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= ' ' && byte <= '~')
      shown += c;
    else
      (shown += "\\x") += {digits[byte / 16], digits[byte % 16]};
  }
  return text.size() > most ? shown + "..." : shown;
}

}  // namespace mend
