#include "cli/text.hpp"

#include <iomanip>
#include <sstream>

#include "mend/layers/summary.hpp"

namespace mend::cli {

std::string fixed(double number, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << number;
  return out.str();
}

std::string with_interval(const Interval& interval, int digits) {
  return fixed(interval.estimate, digits) + " [" + fixed(interval.low, digits) + ", " +
         fixed(interval.high, digits) + "]";
}

std::string caption(const Digits& digits, const RunOptions& options) {
  return digits.dataset + ", " + digits.names[0] + " and " + digits.names[1] + ": " +
         with_commas(digits.train_images.labels.size()) + " training and " +
         with_commas(digits.test_images.labels.size()) + " test images" +
         (options.quick ? " (quick run)" : "") + ", seed " + std::to_string(options.seed);
}

std::map<std::string, std::string> preprocessing(const Digits& digits) {
  return {{"data", digits.dataset},
          {"classes", digits.names[0] + " " + digits.names[1]},
          {"images", std::to_string(digits.train.dim(0))},
          {"images checksum", std::to_string(checksum(digits.train_images, digits.test_images))},
          {"pixels", "28 x 28 grey, rows flattened to 784, divided by 255"}};
}

std::vector<std::size_t> first_of_each_class(const Images& images, std::size_t each) {
  std::vector<std::size_t> rows;
  for (const std::uint8_t label : assignment_classes) {
    std::size_t found = 0;
    for (std::size_t n = 0; n < images.labels.size() && found < each; ++n)
      if (images.labels[n] == label) rows.push_back(n), ++found;
  }
  return rows;
}

}  // namespace mend::cli
