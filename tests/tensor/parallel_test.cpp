#include "mend/tensor/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "mend/tensor/error.hpp"

using namespace mend;

TEST(ParallelFor, DoesEveryPieceOnce) {
  for (const std::size_t n : {1u, 2u, 5u}) {
    set_threads(n);
    EXPECT_EQ(threads(), n);
    for (std::size_t count = 0; count < 40; ++count) {
      std::vector<std::atomic<int>> done(count);
      parallel_for(count, [&](std::size_t i) { ++done[i]; });
      for (const auto& times : done) EXPECT_EQ(times, 1);
    }
  }
}

// Many short calls in a row: a worker that wakes late must find the next call's pieces or none, never the last's.
TEST(ParallelFor, KeepsCallsApart) {
  set_threads(4);
  for (int call = 0; call < 20'000; ++call) {
    std::atomic<int> sum{0};
    const std::size_t count = 2 + static_cast<std::size_t>(call % 7);
    parallel_for(count, [&](std::size_t i) { sum += static_cast<int>(i) + 1; });
    ASSERT_EQ(sum, static_cast<int>(count * (count + 1) / 2)) << "call " << call;
  }
}

TEST(ParallelFor, WakesThreadsThatFellAsleep) {
  set_threads(3);
  for (int call = 0; call < 20; ++call) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::atomic<int> done{0};
    parallel_for(6, [&](std::size_t) { ++done; });
    EXPECT_EQ(done, 6);
  }
}

TEST(ParallelFor, UsesMoreThanOneThread) {
  set_threads(2);
  std::atomic<int> inside{0};
  parallel_for(2, [&](std::size_t) {
    ++inside;
    while (inside < 2) std::this_thread::yield();  // returns only when both pieces run at the same time
  });
  EXPECT_EQ(inside, 2);
}

TEST(ParallelFor, MayBeCalledFromWithinAndFromSeveralThreads) {
  set_threads(2);
  std::atomic<int> done{0};
  const auto nested = [&] {
    parallel_for(4, [&](std::size_t) { parallel_for(3, [&](std::size_t) { ++done; }); });
  };
  std::thread other(nested);
  nested();
  other.join();
  EXPECT_EQ(done, 24);
}

TEST(ParallelFor, RefusesWhatItCannotDo) {
  EXPECT_THROW(set_threads(0), Error);
  EXPECT_THROW(parallel_for(65'536, [](std::size_t) {}), Error);
}
