#include "mend/tensor/memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <mutex>
#include <utility>

namespace mend {
namespace {

constexpr std::align_val_t alignment{64};  // a cache line, and the widest register
constexpr std::size_t most_kept = std::size_t{256} << 20;

#if defined(__SANITIZE_ADDRESS__)  // as g++ says it
constexpr bool on_at_first = false;
#elif defined(__has_feature)  // as clang says it
constexpr bool on_at_first = !__has_feature(address_sanitizer);
#else
constexpr bool on_at_first = true;
#endif

// Blocks come in sizes 4, 5, 6 and 7 times a power of two: at most a quarter is wasted, and tensors of nearly the same
// size (the last batch of an epoch is smaller) share blocks.
struct Size {
  std::size_t bytes;
  std::size_t number;  // one for each size
};

Size size_for(std::size_t bytes) {
  const std::size_t wanted = std::max<std::size_t>(bytes, 64);
  const auto power =
      static_cast<std::size_t>(std::bit_width(wanted - 1)) - 3;  // so that 4 to 8 of it are needed
  const std::size_t quarters = ((wanted - 1) >> power) + 1;
  return {quarters << power, 4 * power + quarters};
}

// A block that nobody uses holds the address of the next of its size.
struct FreeBlock {
  FreeBlock* next;
};

class BlockPool {
 public:
  void* take(std::size_t bytes) {
    const Size size = size_for(bytes);
    {
      const std::lock_guard lock(mutex_);
      if (FreeBlock*& first = free_[size.number]; first) {
        kept_ -= size.bytes;
        return std::exchange(first, first->next);
      }
      ++fresh_;
    }
    return ::operator new(size.bytes, alignment);
  }

  void give_back(void* block, std::size_t bytes) noexcept {
    const Size size = size_for(bytes);
    {
      const std::lock_guard lock(mutex_);
      if (recycle_ && kept_ + size.bytes <= most_kept) {
        kept_ += size.bytes;
        free_[size.number] = ::new (block) FreeBlock{free_[size.number]};
        return;
      }
    }
    ::operator delete(block, alignment);
  }

  void reserve(std::size_t bytes, std::size_t count) {
    const Size size = size_for(bytes);
    std::size_t there = 0;
    {
      const std::lock_guard lock(mutex_);
      if (!recycle_) return;
      for (const FreeBlock* block = free_[size.number]; block && there < count; block = block->next) ++there;
      fresh_ += count - there;
    }
    for (; there < count; ++there) give_back(::operator new(size.bytes, alignment), bytes);
  }

  void recycle(bool on) {
    const std::lock_guard lock(mutex_);
    recycle_ = on;
    if (on) return;
    for (FreeBlock*& first : free_)
      while (first) ::operator delete(std::exchange(first, first->next), alignment);
    kept_ = 0;
  }

  std::size_t fresh() {
    const std::lock_guard lock(mutex_);
    return fresh_;
  }

 private:
  std::mutex mutex_;
  std::array<FreeBlock*, 4 * 64 + 8> free_{};
  std::size_t kept_ = 0;  // bytes in free_
  std::size_t fresh_ = 0;
  bool recycle_ = on_at_first;
};

BlockPool& block_pool() {
  static BlockPool* const the_pool =
      new BlockPool;  // never deleted: tensors in static variables outlive everything else
  return *the_pool;
}

}  // namespace

void* take_block(std::size_t bytes) { return block_pool().take(bytes); }
void give_back_block(void* block, std::size_t bytes) noexcept { block_pool().give_back(block, bytes); }
void reserve_blocks(std::size_t bytes, std::size_t count) { block_pool().reserve(bytes, count); }
void recycle_memory(bool on) { block_pool().recycle(on); }
std::size_t fresh_blocks() { return block_pool().fresh(); }

}  // namespace mend
