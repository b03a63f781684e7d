#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

namespace mend {

/// How many threads parallel_for may use, the caller included; at first as many as there are processors.
/// Not to be called while a product runs. \throws Error for 0.
void set_threads(std::size_t threads);
/// What set_threads set.
std::size_t threads();

/// Calls task(0) to task(count - 1), each once, spread over threads() threads, and returns when all are done.
///
/// Each thread begins with its own share of the numbers, the same in each call, so that it finds in its cache what it
/// worked on before; whoever is done takes over what others have not come to, so that a thread which the system puts to
/// sleep holds up nobody but its own piece. Threads that wait for work spin for a millisecond, longer than the time
/// between two products of a step, and then sleep: a busy machine is not made busier for long. A call from within a task,
/// or while another thread is in here, does all the work itself. Every piece computes in the caller's floating-point mode
/// (floating_point.hpp).
/// \param count  how many pieces, at most 65,535  \param task  must not throw; pieces run at the same time
/// \throws Error for more pieces
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task);

/// Calls task(first, last) for ranges that cover 0 to size - 1, each number once, spread over threads(): for results
/// that do not depend on where the cuts are.
/// \param size  how many numbers  \param least  the fewest in a range: what is worth waking a thread for
/// \param task  must not throw; ranges run at the same time, and begin at multiples of 64 when there are thousands
template <class Task>
void parallel_ranges(std::size_t size, std::size_t least, const Task& task) {
  const std::size_t wanted = threads() == 1 ? 1 : 2 * threads();  // so that a slow thread can be helped
  const std::size_t unit = size < 4096 ? 1 : 64;  // numbers by whole registers; large things one by one
  const std::size_t range = std::max(least, (size / wanted + unit) / unit * unit);
  const std::size_t count = (size + range - 1) / range;
  if (count <= 1) return task(std::size_t{0}, size);
  const auto piece = [&](std::size_t i) { task(i * range, std::min(size, (i + 1) * range)); };
  parallel_for(count, std::ref(piece));  // by reference: nothing is allocated
}

/// The least range for a loop that does little with each number: some microseconds of work.
inline constexpr std::size_t light_work = 8192;

/// Calls task(i) for 0 to size - 1, spread over threads(): a loop over elements that do not depend on each other.
template <class Task>
void parallel_loop(std::size_t size, const Task& task) {
  parallel_ranges(size, light_work, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) task(i);
  });
}

}  // namespace mend
