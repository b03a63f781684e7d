// What libFuzzer calls. `FUZZER --seeds DIR` writes the target's seeds and ends.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc != 3 || std::string((*argv)[1]) != "--seeds") return 0;
  const std::filesystem::path folder = (*argv)[2];
  std::filesystem::create_directories(folder);
  int number = 0;
  for (const std::string& seed : mend::fuzz::seeds())
    std::ofstream(folder / ("seed-" + std::to_string(number++)), std::ios::binary)
        .write(seed.data(), static_cast<std::streamsize>(seed.size()));
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    mend::fuzz::try_within_memory({reinterpret_cast<const char*>(data), size});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "not an Error of the library: %s\n", error.what());
    std::abort();
  }
  return 0;
}
