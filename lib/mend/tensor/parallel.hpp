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
/// Whoever is free takes the next number, so a thread that the system puts to sleep holds up nobody but its own
/// piece. Threads that wait for work spin for a fraction of a millisecond, the time between two products of a step,
/// and then sleep: a busy machine is not made busier. A call from within a task, or while another thread is in here,
/// does all the work itself. Every piece computes in the caller's floating-point mode (floating_point.hpp).
/// \param count  how many pieces, at most 65,535  \param task  must not throw; pieces run at the same time
/// \throws Error for more pieces
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task);

/// Calls task(first, last) for ranges that cover 0 to size - 1, each number once, spread over threads(): for results
/// that do not depend on where the cuts are.
/// \param size  how many numbers  \param least  the fewest in a range: what is worth waking a thread for
/// \param task  must not throw; ranges run at the same time, and begin at multiples of 64 when there are thousands
template <class Task>
void parallel_ranges(std::size_t size, std::size_t least, const Task& task) {
  const std::size_t wanted =
      threads() == 1 ? 1 : 2 * threads();  // so that a slow thread holds up nobody for long
  const std::size_t range = std::max(least, (size / wanted + 64) / 64 * 64),
                    count = (size + range - 1) / range;
  if (count <= 1) return task(std::size_t{0}, size);
  const auto piece = [&](std::size_t i) { task(i * range, std::min(size, (i + 1) * range)); };
  parallel_for(count, std::ref(piece));  // by reference: nothing is allocated
}

/// The least range for a loop that does little with each number: some microseconds of work.
inline constexpr std::size_t light_work = 8192;

}  // namespace mend
