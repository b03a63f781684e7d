#include "mend/tensor/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "mend/tensor/error.hpp"
#include "mend/tensor/floating_point.hpp"

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

TEST(ParallelRanges, CoversEachNumberOnce) {
  const std::size_t before = threads();
  for (const std::size_t n : {1u, 2u, 3u}) {
    set_threads(n);
    for (const std::size_t size : {0u, 1u, 5u, 49u, 128u, 4095u, 4096u, 100'352u})
      for (const std::size_t least : {1u, 2u, 64u, 8192u}) {
        std::vector<std::atomic<int>> done(size);
        parallel_ranges(size, least, [&](std::size_t first, std::size_t last) {
          for (std::size_t i = first; i < last; ++i) ++done[i];
        });
        EXPECT_TRUE(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }))
            << size << " by " << least << " on " << n;
      }
  }
  set_threads(before);
}

// Few things that are large each, the ranges of an optimizer, are shared too.
TEST(ParallelRanges, SharesFewLargeThings) {
  const std::size_t before = threads();
  set_threads(2);
  std::atomic<int> ranges{0};
  parallel_ranges(49, 2, [&](std::size_t, std::size_t) { ++ranges; });
  EXPECT_EQ(ranges, 4);
  set_threads(before);
}

// A worker flushes denormals when, and only when, the caller does.
TEST(ParallelFor, ComputesInTheCallersFloatingPointMode) {
  const std::size_t before = threads();
  set_threads(3);
  for (int call = 0; call < 50; ++call) {
    const FloatingPointMode plain = FloatingPointMode::current(), flushing = plain.flushing_denormals();
    const FloatingPointMode& mode = call % 2 == 0 ? plain : flushing;
    mode.apply();
    std::atomic<int> other{0};
    parallel_for(30, [&](std::size_t) { other += FloatingPointMode::current() == mode ? 0 : 1; });
    plain.apply();
    EXPECT_EQ(other, 0);
  }
  set_threads(before);
}
