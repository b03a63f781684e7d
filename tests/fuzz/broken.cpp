// A target that is wrong in the way that the environment variable BROKEN says, for inputs_test.sh.
#include <csignal>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "fuzz/target.hpp"

namespace mend::fuzz {
namespace {

std::string_view broken() {
  const char* how = std::getenv("BROKEN");
  return how ? how : "";
}

[[noreturn]] void refuse(const std::string& text) { throw Error(text); }

}  // namespace

std::vector<std::string> seeds() {
  return {"12345678", broken() == "seed" ? std::string("bad") : std::string("12")};
}

bool try_input(const std::string& bytes) {
  if (broken() == "takes everything") return true;
  if (bytes.find_first_of("345") == std::string::npos && bytes != "12") {
    // What only mutations are: the seeds hold a 3, or are 12.
    if (broken() == "other exception") throw std::runtime_error("no Error");
    if (broken() == "memory") std::make_unique<std::string>(100'000'000, 'x')->at(5) = 'y';
    if (broken() == "crash") std::raise(SIGSEGV);
    if (broken() == "promise") require(false, "a promise");
    if (broken() == "two lines") attempt([]() -> int { refuse("one\ntwo"); });
    if (broken() == "long error") attempt([]() -> int { refuse(std::string(3000, 'x')); });
    return attempt([]() -> int { refuse("a good error"); }).has_value();
  }
  return bytes != "bad";
}

}  // namespace mend::fuzz
