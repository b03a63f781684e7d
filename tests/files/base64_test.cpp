#include "mend/files/base64.hpp"

#include <gtest/gtest.h>

using mend::base64;

TEST(Base64, MatchesTheTestVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, UsesEveryDigitInOrder) {
  std::string bytes;  // 64 numbers of 6 bits: 0, 1, ..., 63
  for (int i = 0; i < 64; i += 4) {
    const int bits = i << 18 | (i + 1) << 12 | (i + 2) << 6 | (i + 3);
    for (const int shift : {16, 8, 0}) bytes += static_cast<char>(bits >> shift & 255);
  }
  EXPECT_EQ(base64(bytes), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

TEST(Base64, TakesZerosAndHighBytes) { EXPECT_EQ(base64(std::string("\0\xff\xfe", 3)), "AP/+"); }
