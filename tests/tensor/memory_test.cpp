#include "mend/tensor/memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

#include "mend/tensor/tensor.hpp"

using namespace mend;

namespace {

class Memory : public testing::Test {
 protected:
  Memory() { recycle_memory(true); }
};

}  // namespace

TEST_F(Memory, BeginsAtACacheLineForEverySize) {
  for (std::size_t bytes = 0; bytes < 5000; bytes += 7) {
    void* block = take_block(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 64, 0u) << bytes;
    give_back_block(block, bytes);
  }
}

TEST_F(Memory, HandsOnWhatWasGivenBack) {
  void* block = take_block(100'000);
  give_back_block(block, 100'000);
  const std::size_t before = fresh_blocks();
  EXPECT_EQ(take_block(100'000), block);
  EXPECT_EQ(fresh_blocks(), before);
  give_back_block(block, 100'000);
}

TEST_F(Memory, NeverHandsOutABlockTwiceAndEveryBlockIsLargeEnough) {
  std::vector<std::pair<unsigned char*, std::size_t>> blocks;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < 400; ++i) {
      const std::size_t bytes = 1 + i * i * 3 % 7919;
      auto* block = static_cast<unsigned char*>(take_block(bytes));
      std::fill_n(block, bytes, static_cast<unsigned char>(i));
      blocks.emplace_back(block, bytes);
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const auto [block, bytes] = blocks[i];
      ASSERT_EQ(std::count(block, block + bytes, static_cast<unsigned char>(i)),
                static_cast<std::ptrdiff_t>(bytes));
      give_back_block(block, bytes);
    }
    blocks.clear();
  }
}

TEST_F(Memory, ReservesAsManyBlocksAsAreAskedFor) {
  constexpr std::size_t bytes = 777'777;
  reserve_blocks(bytes, 3);
  const std::size_t before = fresh_blocks();
  void *a = take_block(bytes), *b = take_block(bytes), *c = take_block(bytes);
  EXPECT_EQ(fresh_blocks(), before);
  for (void* block : {a, b, c}) give_back_block(block, bytes);
  reserve_blocks(bytes, 3);  // they are there
  EXPECT_EQ(fresh_blocks(), before);
}

TEST_F(Memory, TensorsBeginWithZerosInMemoryThatWasUsed) {
  for (int i = 0; i < 3; ++i) {
    Tensor<float> x({100, 10});
    for (const float v : x) ASSERT_EQ(v, 0);
    x.fill(7);
  }
}

TEST_F(Memory, OffEveryTensorAsksTheSystem) {
  { const Tensor<float> x({123'456}); }
  recycle_memory(false);
  const std::size_t before = fresh_blocks();
  for (int i = 0; i < 5; ++i) const Tensor<float> x({123'456});
  EXPECT_EQ(fresh_blocks(), before + 5);
  recycle_memory(true);
  for (int i = 0; i < 5; ++i) const Tensor<float> x({123'456});
  EXPECT_EQ(fresh_blocks(), before + 6);
}

TEST_F(Memory, IsSafeFromSeveralThreads) {
  const auto work = [](std::size_t seed) {
    for (std::size_t i = 0; i < 20'000; ++i) {
      const std::size_t size = 1 + (i * 31 + seed) % 97;
      const Tensor<double> x({size}, static_cast<double>(seed));
      for (const double v : x) ASSERT_EQ(v, static_cast<double>(seed));
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t seed = 1; seed <= 4; ++seed) threads.emplace_back(work, seed);
  for (std::thread& thread : threads) thread.join();
}

// More than an address can count must not wrap around to a small block.
TEST_F(Memory, RefusesSizesThatDoNotFit) {
  EXPECT_THROW(Numbers<double>(static_cast<std::size_t>(-1) / 4), std::bad_alloc);
}

TEST_F(Memory, NumbersCopyAndMoveLikeValues) {
  Numbers<int> a(3);
  std::fill(a.begin(), a.end(), 7);
  Numbers<int> b = a;
  EXPECT_EQ(b, a);
  b[1] = 8;
  EXPECT_FALSE(b == a);
  const int* first = b.begin();
  a = std::move(b);
  EXPECT_EQ(a.begin(), first);
  EXPECT_EQ(b.size(), 0u);  // NOLINT: what was moved from is empty
  Numbers<int>& same = a;
  a = same;
  EXPECT_EQ(a[1], 8);
  EXPECT_EQ(Numbers<int>(0), Numbers<int>());
}
