#include "mend/check/report.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "mend/check/doctor.hpp"

namespace mend {

bool CheckReport::passed() const {
  return std::all_of(tensors.begin(), tensors.end(), [](const TensorCheck& t) { return t.passed(); });
}

std::string explain(const std::string& complaint, const Diagnosis& diagnosis) {
  std::string text = paragraph(complaint, 2);
  if (diagnosis.cause == Cause::none) return text;
  text += paragraph(std::string("diagnosis: ") + name_of(diagnosis.cause) + ": " + diagnosis.sentence, 2);
  return text + paragraph(std::string("read: tutorial ") + reading_for(diagnosis.cause), 2);
}

std::ostream& operator<<(std::ostream& out, const CheckReport& report) {
  std::size_t name = 1, shape = 1;
  for (const TensorCheck& t : report.tensors) {
    name = std::max(name, t.name.size());
    shape = std::max(shape, to_string(t.shape).size());
  }
  std::ostringstream text;
  text << std::scientific << std::setprecision(1);
  for (const TensorCheck& t : report.tensors) {
    text << std::left << std::setw(static_cast<int>(name)) << t.name << "  "
         << std::setw(static_cast<int>(shape)) << to_string(t.shape) << "  complex " << t.complex_error
         << "  central " << t.central_error;
    if (!std::isnan(t.float_error)) text << "  float " << t.float_error;
    if (t.coordinates < t.shape.size()) text << "  sample " << t.coordinates;
    if (t.kinks) text << "  kinks " << t.kinks;
    text << (t.passed() ? "  OK\n" : "  FAIL\n");
    if (!t.passed()) text << explain(t.complaint, t.diagnosis);
  }
  return out << text.str();
}

}  // namespace mend
