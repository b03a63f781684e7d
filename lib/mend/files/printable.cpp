#include "mend/files/printable.hpp"

namespace mend {

std::string printable(std::string_view text) {
  constexpr std::size_t most = 300;
  constexpr char digits[] = "0123456789abcdef";
  std::string shown;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= ' ' && byte <= '~';
    if (shown.size() + (plain ? 1 : 4) > most) return shown + "...";
    if (plain)
      shown += c;
    else
      (shown += "\\x") += {digits[byte / 16], digits[byte % 16]};
  }
  return shown;
}

}  // namespace mend
