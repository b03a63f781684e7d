#include "mend/tensor/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "mend/tensor/error.hpp"
#include "mend/tensor/floating_point.hpp"

namespace mend {
namespace {

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Waits until `value` is no longer `old`: awake at first, then asleep. To wake a thread took 0.9 ms on a virtual machine,
// half a training step; so it stays awake for as long.
template <class T>
void wait_for_change(const std::atomic<T>& value, T old) {
  using Clock = std::chrono::steady_clock;
  for (const auto give_up = Clock::now() + std::chrono::milliseconds(1); Clock::now() < give_up;)
    for (int spin = 0; spin < 64; ++spin) {
      if (value.load(std::memory_order_acquire) != old) return;
      pause();
    }
  value.wait(old, std::memory_order_acquire);
}

class Pool {
 public:
  explicit Pool(std::size_t threads) : tickets_(threads) {
    for (std::size_t i = 1; i < threads; ++i) workers_.emplace_back([this, i] { serve(i); });
  }
  ~Pool() {
    stop_ = true;
    calls_.fetch_add(1, std::memory_order_release);
    calls_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void run(std::size_t count, const std::function<void(std::size_t)>& task) {
    if (workers_.empty() || count < 2 || busy_.test_and_set(std::memory_order_acquire)) {
      for (std::size_t i = 0; i < count; ++i) task(i);
      return;
    }
    task_ = &task;
    mode_ = FloatingPointMode::current();
    left_.store(count, std::memory_order_relaxed);
    // A new call number in front makes every ticket of an earlier call worthless.
    const std::uint64_t call = calls_.load(std::memory_order_relaxed) + 1;
    for (std::size_t i = 0; i < threads(); ++i) {
      const std::uint64_t next = count * i / threads(), end = count * (i + 1) / threads();
      tickets_[i].ticket.store(call << 32 | end << 16 | next, std::memory_order_release);
    }
    calls_.store(call, std::memory_order_release);
    calls_.notify_all();
    work(0);
    for (std::size_t left; (left = left_.load(std::memory_order_acquire)) != 0;) wait_for_change(left_, left);
    busy_.clear(std::memory_order_release);
  }
  std::size_t threads() const { return workers_.size() + 1; }

 private:
  void serve(std::size_t me) {
    for (std::uint64_t seen = 0; !stop_;) {
      wait_for_change(calls_, seen);
      seen = calls_.load(std::memory_order_acquire);
      work(me);
    }
  }

  // First my own pieces: of the same tensor they are the same in each call, and may still lie in my cache. Then those of
  // the others who have not come to them yet.
  void work(std::size_t me) {
    for (std::size_t i = 0; i < threads(); ++i) work_off(tickets_[(me + i) % threads()].ticket);
  }

  // Takes pieces until there are none. A piece that was taken keeps the call, and so its task, alive until it is done.
  void work_off(std::atomic<std::uint64_t>& tickets) {
    std::uint64_t ticket = tickets.load(std::memory_order_acquire);
    for (;;) {
      const std::uint64_t piece = ticket & 0xffff, end = ticket >> 16 & 0xffff;
      if (piece >= end) return;
      if (!tickets.compare_exchange_weak(ticket, ticket + 1, std::memory_order_acq_rel)) continue;
      mode_.apply();
      (*task_)(piece);
      if (left_.fetch_sub(1, std::memory_order_acq_rel) == 1) left_.notify_all();
      ticket = tickets.load(std::memory_order_acquire);
    }
  }

  std::atomic_flag busy_;  // somebody's pieces are being worked on
  const std::function<void(std::size_t)>* task_ = nullptr;
  FloatingPointMode mode_ = FloatingPointMode::current();  // the caller's
  std::atomic<std::uint64_t> calls_{0};                    // how many calls there were
  // Of one thread, in a cache line of its own: call number, end of its pieces (16 bits), the next of them (16 bits).
  struct alignas(64) Tickets {
    std::atomic<std::uint64_t> ticket{0};
  };
  std::vector<Tickets> tickets_;
  std::atomic<std::size_t> left_{0};  // pieces that are not done
  std::atomic<bool> stop_{false};
  std::vector<std::thread> workers_;  // last: they use what stands above
};

std::size_t thread_count = std::max(1u, std::thread::hardware_concurrency());

std::unique_ptr<Pool>& pool() {
  static auto the_pool = std::make_unique<Pool>(thread_count);
  return the_pool;
}

}  // namespace

void set_threads(std::size_t threads) {
  if (threads == 0) throw Error("set_threads: expected at least 1 thread, found 0");
  thread_count = threads;
  if (pool()->threads() != threads) pool() = std::make_unique<Pool>(threads);
}

std::size_t threads() { return thread_count; }

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (count > 0xffff)
    throw Error("parallel_for: expected at most 65535 pieces, found " + std::to_string(count));
  pool()->run(count, task);
}

}  // namespace mend
