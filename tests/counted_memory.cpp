#include "counted_memory.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "sanitizers.hpp"

namespace {

// What was taken before the count began may be given back in it: below zero is allowed.
std::atomic<std::ptrdiff_t> in_use{0}, most{0};
std::atomic<std::size_t> requests{0};

[[maybe_unused]] void count_taken(std::size_t size) {
  ++requests;
  const std::ptrdiff_t now = in_use += static_cast<std::ptrdiff_t>(size);
  std::ptrdiff_t before = most;
  while (now > before && !most.compare_exchange_weak(before, now)) {
  }
}

[[maybe_unused]] void count_given_back(std::size_t size) { in_use -= static_cast<std::ptrdiff_t>(size); }

}  // namespace

#if defined(MEND_SANITIZES_ADDRESSES)

#include <sanitizer/allocator_interface.h>

namespace {
const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { count_taken(size); },
    [](const volatile void* block) {
      if (block) count_given_back(__sanitizer_get_allocated_size(block));
    });
}  // namespace

#elif defined(__GLIBC__) && !defined(MEND_SANITIZES_THREADS)  // whose malloc is its own

#include <malloc.h>

namespace {
constexpr int installed = 1;
}

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) noexcept {
  void* block = __libc_malloc(size);
  count_taken(malloc_usable_size(block));
  return block;
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  void* block = __libc_calloc(count, size);
  count_taken(malloc_usable_size(block));
  return block;
}
void* realloc(void* block, std::size_t size) noexcept {
  const std::size_t before = malloc_usable_size(block);
  void* moved = __libc_realloc(block, size);
  if (!moved && size > 0) return nullptr;
  count_taken(malloc_usable_size(moved));  // for a moment there may be both
  count_given_back(before);
  return moved;
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
  void* block = __libc_memalign(alignment, size);
  count_taken(malloc_usable_size(block));
  return block;
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
  *block = memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}
void free(void* block) noexcept {
  count_given_back(malloc_usable_size(block));
  __libc_free(block);
}
}

#else

namespace {
constexpr int installed = 0;
}

#endif

namespace mend::test {

bool counts_memory() { return installed != 0; }

std::size_t allocations() { return requests; }

void begin_measuring() {
  in_use = 0;
  most = 0;
}

std::size_t most_memory() { return static_cast<std::size_t>(most.load()); }

}  // namespace mend::test
