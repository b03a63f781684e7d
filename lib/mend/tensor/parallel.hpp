#pragma once

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
/// does all the work itself.
/// \param count  how many pieces, at most 65,535  \param task  must not throw; pieces run at the same time
/// \throws Error for more pieces
void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task);

}  // namespace mend
