#include "mend/files/safetensors_header.hpp"

#include <gtest/gtest.h>

#include "mend/tensor/error.hpp"

using namespace mend;

TEST(SafetensorsHeader, ListsTensorsInTheOrderOfTheirBytes) {
  const SafetensorsHeader header = parse_safetensors_header(
      R"({"b": {"dtype": "F64", "shape": [2], "data_offsets": [12, 28]},
          "a": {"dtype": "F32", "shape": [1, 3], "data_offsets": [0, 12]},
          "__metadata__": {"made by": "hand"}}   )",
      28);
  ASSERT_EQ(header.tensors.size(), 2u);
  EXPECT_EQ(header.tensors[0].first, "a");
  EXPECT_EQ(header.tensors[0].second.type, StoredType::f32);
  EXPECT_EQ(header.tensors[0].second.shape, (Shape{1, 3}));
  EXPECT_EQ(header.tensors[1].first, "b");
  EXPECT_EQ(header.tensors[1].second.type, StoredType::f64);
  EXPECT_EQ(header.tensors[1].second.begin, 12u);
  EXPECT_EQ(header.tensors[1].second.end, 28u);
  EXPECT_EQ(header.metadata.at("made by"), "hand");
}

TEST(SafetensorsHeader, AcceptsNoTensorsOnlyWithoutBytes) {
  EXPECT_TRUE(parse_safetensors_header("{}", 0).tensors.empty());
  EXPECT_THROW(parse_safetensors_header("{}", 1), Error);
}

TEST(SafetensorsHeader, RefusesBytesThatNoTensorOwnsOrTwoDo) {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a": {"dtype": "U8", "shape": [4], "data_offsets": )" + first +
           R"(}, "b": {"dtype": "U8", "shape": [4], "data_offsets": )" + second + "}}";
  };
  EXPECT_NO_THROW(parse_safetensors_header(two("[0, 4]", "[4, 8]"), 8));
  EXPECT_THROW(parse_safetensors_header(two("[0, 4]", "[5, 9]"), 9), Error);   // a gap
  EXPECT_THROW(parse_safetensors_header(two("[0, 4]", "[3, 7]"), 7), Error);   // an overlap
  EXPECT_THROW(parse_safetensors_header(two("[0, 4]", "[4, 8]"), 7), Error);   // past the end
  EXPECT_THROW(parse_safetensors_header(two("[0, 4]", "[4, 8]"), 12), Error);  // bytes left over
  EXPECT_THROW(parse_safetensors_header(two("[0, 4]", "[8, 4]"), 8), Error);   // backwards
}

TEST(SafetensorsHeader, RefusesWhatIsNoHeader) {
  for (const char* text : {"", "[]", "null", "{\"a\": 1}", "{\"a\": {}}", "{"})
    EXPECT_THROW(parse_safetensors_header(text, 0), Error) << text;
}

TEST(SafetensorsHeader, RefusesNamesThatMightLeadOutOfAFolder) {
  EXPECT_NO_THROW(require_tensor_name("model.0.weight"));
  EXPECT_THROW(require_tensor_name(""), Error);
  EXPECT_THROW(require_tensor_name("../weight"), Error);
  EXPECT_THROW(require_tensor_name(std::string("a\0b", 3)), Error);
}
