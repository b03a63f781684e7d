#pragma once

#include <string>

#include "report/results.hpp"

namespace bench {

/// The steps by which the library became fast: for each why, and what it takes without and with it. Markdown.
std::string ladder(const Measurements& measurements);

}  // namespace bench
