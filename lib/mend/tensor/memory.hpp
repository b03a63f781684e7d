#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

namespace mend {

/// Memory for at least `bytes` bytes, beginning at a multiple of 64: a block that was given back, else a new one.
/// \throws std::bad_alloc when there is none
void* take_block(std::size_t bytes);
/// Gives back what take_block(bytes) returned. Up to 256 MiB are kept for whoever asks next, the rest is freed.
void give_back_block(void* block, std::size_t bytes) noexcept;

/// Sees to it that at least `count` blocks of this size are there to be taken, unless memory is not recycled: so that
/// which thread comes first does not decide whether the system is asked.
void reserve_blocks(std::size_t bytes, std::size_t count);

/// Whether tensors hand on the memory of those before them: on at first (off under the address sanitizer, so that it
/// sees every use of a tensor that is gone). Off, every tensor asks the system; what was kept is freed.
///
/// The tensors of a training step have the shapes of the step before. Asking the system for them each time costs more
/// than the search: it hands out large blocks as pages without content, and each page is filled with zeros when first
/// touched.
void recycle_memory(bool on);
/// How many blocks were asked of the system so far: a training step after the first asks for none.
std::size_t fresh_blocks();

/// An array of numbers in such memory; what a tensor holds its elements in.
/// \tparam T  a number: copied byte by byte
template <class T>
class Numbers {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Numbers() = default;
  /// `size` numbers without a value: whoever asks for them writes them. \throws std::bad_alloc when they do not fit
  explicit Numbers(std::size_t size) : size_(size) {
    if (size > std::numeric_limits<std::size_t>::max() / 2 / sizeof(T)) throw std::bad_alloc();
    if (size > 0) first_ = static_cast<T*>(take_block(size * sizeof(T)));
  }
  /// A copy.
  Numbers(const Numbers& other) : Numbers(other.size_) { std::copy(other.begin(), other.end(), first_); }
  /// Takes the numbers; `other` becomes empty.
  Numbers(Numbers&& other) noexcept
      : first_(std::exchange(other.first_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  /// A copy, or what was moved in.
  Numbers& operator=(Numbers other) noexcept {
    std::swap(first_, other.first_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Numbers() {
    if (first_) give_back_block(first_, size_ * sizeof(T));
  }

  std::size_t size() const { return size_; }       ///< How many.
  T* begin() { return first_; }                    ///< The first.
  T* end() { return first_ + size_; }              ///< Past the last.
  const T* begin() const { return first_; }        ///< The first.
  const T* end() const { return first_ + size_; }  ///< Past the last.
  /// The number at a position; checked in debug builds alone.
  T& operator[](std::size_t i) {
    assert(i < size_);
    return first_[i];
  }
  /// The number at a position; checked in debug builds alone.
  const T& operator[](std::size_t i) const {
    assert(i < size_);
    return first_[i];
  }
  /// Equal in every number.
  friend bool operator==(const Numbers& a, const Numbers& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  T* first_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace mend
