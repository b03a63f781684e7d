#include "mend/files/protobuf.hpp"

#include <gtest/gtest.h>

#include <limits>

using namespace mend;
using namespace std::string_literals;

// The examples of https://protobuf.dev/programming-guides/encoding.
TEST(ProtobufMessage, HasTheBytesOfItsDocumentation) {
  EXPECT_EQ(ProtobufMessage().number(1, 150).bytes(), "\x08\x96\x01");
  EXPECT_EQ(ProtobufMessage().text(2, "testing").bytes(), "\x12\x07testing");
  EXPECT_EQ(ProtobufMessage().message(3, ProtobufMessage().number(1, 150)).bytes(), "\x1a\x03\x08\x96\x01");
}

TEST(ProtobufMessage, CarriesSevenBitsAByte) {
  EXPECT_EQ(ProtobufMessage().number(1, 0).bytes(), "\x08\x00"s);
  EXPECT_EQ(ProtobufMessage().number(1, 127).bytes(), "\x08\x7f");
  EXPECT_EQ(ProtobufMessage().number(1, 128).bytes(), "\x08\x80\x01");
  EXPECT_EQ(ProtobufMessage().number(1, std::numeric_limits<std::uint64_t>::max()).bytes(),
            "\x08" + std::string(9, '\xff') + "\x01");
  EXPECT_EQ(ProtobufMessage().number(20, 1).bytes(), "\xa0\x01\x01");  // a tag is such a number, too
  EXPECT_EQ(ProtobufMessage().text(1, std::string(300, 'x')).bytes(), "\x0a\xac\x02" + std::string(300, 'x'));
}

// 1.5 is 3fc00000, -2 is c0000000: the lowest byte comes first.
TEST(ProtobufMessage, WritesFloatsAsTheyAre) {
  EXPECT_EQ(ProtobufMessage().real(2, 1.5f).bytes(), "\x15\0\0\xc0\x3f"s);
  EXPECT_EQ(ProtobufMessage().real(2, -2.0f).bytes(), "\x15\0\0\0\xc0"s);
}

TEST(ProtobufMessage, KeepsTheOrderOfItsFields) {
  EXPECT_EQ(ProtobufMessage().number(1, 1).number(1, 2).text(2, "").text(2, "a\0b"s).bytes(),
            "\x08\x01\x08\x02\x12\0\x12\x03"s + "a\0b"s);
}
