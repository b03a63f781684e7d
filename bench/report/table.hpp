#pragma once

#include <string>

#include "report/results.hpp"

namespace bench {

/// Every measurement in one table for a terminal: time, spread, rates, and how far it is from its products.
std::string measurement_table(const Measurements& measurements);
/// The same in Markdown, a table for each module.
std::string measurement_pages(const Measurements& measurements);

}  // namespace bench
