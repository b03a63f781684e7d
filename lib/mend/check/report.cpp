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

std::string said_error(double error) {
  if (std::isnan(error)) return "-      ";
  std::ostringstream text;
  text << std::scientific << std::setprecision(1) << error;
  return text.str();
}

std::ostream& operator<<(std::ostream& out, const CheckReport& report) {
  std::size_t name = 1, shape = 1;
  for (const TensorCheck& t : report.tensors) {
    name = std::max(name, t.name.size());
    shape = std::max(shape, to_string(t.shape).size());
  }
  std::ostringstream text;
  for (const TensorCheck& t : report.tensors) {
    text << std::left << std::setw(static_cast<int>(name)) << t.name << "  "
         << std::setw(static_cast<int>(shape)) << to_string(t.shape) << "  complex "
         << said_error(t.complex_error) << "  central " << said_error(t.central_error);
    if (!std::isnan(t.float_error)) text << "  float " << said_error(t.float_error);
    text << (t.passed() ? "  OK\n" : "  FAIL\n");
    if (t.coordinates > 0 && t.coordinates < t.shape.size())
      text << paragraph("compared one by one: " + std::to_string(t.coordinates) + " of " +
                            std::to_string(t.shape.size()) +
                            " entries; all together: along random directions",
                        2);
    if (t.kinks)
      text << paragraph("judged by the slopes on both sides of a kink: " + std::to_string(t.kinks), 2);
    if (!t.passed()) text << explain(t.complaint, t.diagnosis);
  }
  return out << text.str();
}

std::ostream& operator<<(std::ostream& out, const LawReport& report) {
  for (const Breach& breach : report.breaches) out << explain("law broken: " + breach.law, breach.diagnosis);
  if (report.passed()) out << "obeys " << report.heard << " laws\n";
  return out;
}

}  // namespace mend
