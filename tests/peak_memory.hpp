#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <string>

#include "mend/tensor/memory.hpp"
#include "sanitizers.hpp"

/// The most memory that `action` holds at a time beyond what was held before, in bytes, as the kernel sees it. Skips the
/// test where the kernel does not tell, or a sanitizer or valgrind has memory of its own.
template <class Action>
std::size_t most_memory_of(Action action) {
  mend::recycle_memory(false);  // what is kept for later would count as held before
  const auto held = [](const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
      if (std::size_t kilobytes = 0; word == what && status >> kilobytes) return kilobytes * 1024;
    return std::size_t{0};
  };
  std::ofstream("/proc/self/clear_refs") << "5" << std::flush;  // the peak begins anew
  [[maybe_unused]] const std::size_t before = held("VmRSS:"), peak_before = held("VmHWM:");
  action();
  const std::size_t peak = held("VmHWM:");
  mend::recycle_memory(true);
#if defined(MEND_SANITIZES_ADDRESSES) || defined(MEND_SANITIZES_THREADS)
  const bool tells = false;
#else
  const char* preloaded = std::getenv("LD_PRELOAD");  // valgrind has memory of its own, too
  const bool tells = !(preloaded && std::string(preloaded).find("vgpreload") != std::string::npos) &&
                     before > 0 && peak_before < before + (std::size_t{4} << 20);
#endif
  if (!tells) {
    []() { GTEST_SKIP() << "memory cannot be measured here"; }();
    return 0;
  }
  return peak > before ? peak - before : 0;
}
