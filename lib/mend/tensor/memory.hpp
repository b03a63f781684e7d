#pragma once

#include <cstddef>
#include <new>

namespace mend {

/// Memory for at least `bytes` bytes, beginning at a multiple of 64: a block that was given back, else a new one.
/// \throws std::bad_alloc when there is none
void* take_block(std::size_t bytes);
/// Gives back what take_block(bytes) returned. Up to 256 MiB are kept for whoever asks next, the rest is freed.
void give_back_block(void* block, std::size_t bytes) noexcept;

/// Whether tensors hand on the memory of those before them: on at first (off under the address sanitizer, so that it
/// sees every use of a tensor that is gone). Off, every tensor asks the system; what was kept is freed.
///
/// The tensors of a training step have the shapes of the step before. Asking the system for them each time costs more
/// than the search: it hands out large blocks as pages without content, and each page is filled with zeros when first
/// touched.
void recycle_memory(bool on);
/// How many blocks were asked of the system so far: a training step after the first asks for none.
std::size_t fresh_blocks();

/// The allocator of tensors: take_block and give_back_block, and elements without a first value are left as they are.
template <class T>
struct RecyclingAllocator {
  using value_type = T;  ///< The type of an element.

  RecyclingAllocator() = default;
  /// All are the same.
  template <class U>
  RecyclingAllocator(const RecyclingAllocator<U>&) {}  // NOLINT: a conversion, as allocators want it

  /// Memory for `count` elements.
  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / 2 / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(take_block(count * sizeof(T)));
  }
  /// Gives it back.
  void deallocate(T* block, std::size_t count) noexcept { give_back_block(block, count * sizeof(T)); }
  /// Leaves numbers without a value: whoever asks for them writes them.
  template <class U>
  void construct(U* element) {
    ::new (static_cast<void*>(element)) U;
  }
  /// A copy of the given value.
  template <class U, class... Arguments>
  void construct(U* element, Arguments&&... arguments) {
    ::new (static_cast<void*>(element)) U(static_cast<Arguments&&>(arguments)...);
  }

  /// All are the same.
  friend bool operator==(const RecyclingAllocator&, const RecyclingAllocator&) { return true; }
};

}  // namespace mend
