#include "mend/files/npy_header.hpp"

#include "files/fresh_folder.hpp"

using namespace mend;
using namespace std::string_literals;

TEST(NpyHeader, ReadsWhatPythonMayWrite) {
  const struct {
    std::string text;
    StoredType type;
    Shape shape;
  } cases[] = {
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", StoredType::f32, {2, 3}},
      {"{'descr': '<f8', 'fortran_order': False, 'shape': (7,), }    \n", StoredType::f64, {7}},
      {"{\"shape\":(0,5,1,2),\"fortran_order\":False,\"descr\":\"|u1\"}", StoredType::u8, {0, 5, 1, 2}},
      {" { 'shape' : ( ) , 'descr':'<f4' ,'fortran_order':False }", StoredType::f32, Shape(nullptr, 0)},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,), }", StoredType::f32, {2, 3}},
      {"{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000000000000,), }",
       StoredType::u8,
       {1'000'000'000'000'000'000}},
  };
  for (const auto& [text, type, shape] : cases) {
    const NpyHeader header = parse_npy_header(text);
    EXPECT_EQ(header.type, type) << text;
    EXPECT_EQ(header.shape, shape) << text;
  }
}

TEST(NpyHeader, RefusesAHostileOne) {
  const auto with = [](const std::string& descr, const std::string& order, const std::string& shape) {
    return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  };
  const auto shaped = [&](const std::string& shape) { return with("'<f4'", "False", shape); };
  const std::string form = "is not of the form {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
  const struct {
    std::string text, error;
  } cases[] = {
      {"", "at byte 0 of \"\", " + form},
      {"()", form},
      {"{", form},
      {"{}", form},
      {"{,}", form},
      {"{'descr'", form},
      {"{'descr", form},
      {"{xdescrx: 1}", form},
      {"{'descr': '<f4', 'fortran_order': False}", form},
      {shaped("(2,)") + "x", "at byte 57"},
      {shaped("(2,)") + "\0"s, form},
      {shaped("(2,)").insert(0, "\0", 1), "at byte 0 of \"\\u0000{"},
      {"{'descr': '<f4', 'descr': '<f4', 'shape': (2,)}", "has the key \"descr\" twice"},
      {"{'__import__': 'os'}", "has the key \"__import__\"; expected {'descr'"},
      {"{'descr\0': '<f4'}"s, "has the key \"descr\\u0000\""},
      {with("'>f4'", "False", "(2,)"), "are of type \">f4\"; '<f4', '<f8' and '|u1' can be read"},
      {with("'<f4\0'"s, "False", "(2,)"), "are of type \"<f4\\u0000\""},
      {with("'<i8'", "False", "(2,)"), "x.astype('<f4')"},
      {with("'|O'", "False", "(2,)"), "are Python objects"},
      {with("[('x', '<f4')]", "False", "(2,)"), "are records of several fields"},
      {with("1", "False", "(2,)"), form},
      {with("'<f4'", "True", "(2, 3)"), "in Fortran order, column by column; C order can be read"},
      {with("'<f4'", "0", "(2,)"), form},
      {with("'<f4'", "__import__('os')", "(2,)"), form},
      {shaped("(2)"), form},
      {shaped("2"), form},
      {shaped("[2]"), form},
      {shaped("(-1,)"), form},
      {shaped("(+1,)"), form},
      {shaped("(1.0,)"), "at byte 52"},
      {shaped("(nan,)"), form},
      {shaped("(1e9,)"), form},
      {shaped("(0x10,)"), form},
      {shaped("(,)"), form},
      {shaped("(2,,3)"), form},
      {shaped("(2 3)"), form},
      {shaped("((2,),)"), form},
      {shaped("(2,"), form},
      {shaped(std::string(5000, '(')), form},
      {std::string(5000, '{'), form},
      {shaped("(1,1,1,1,1)"), "has more than 4 axes"},
      {shaped("(18446744073709551616,)"), "more elements than 64 bits can count"},
      {shaped("(2305843009213693952,)"), "more elements than 64 bits can count"},
      {shaped("(4294967296, 4294967296)"), "more elements than 64 bits can count"},
      {shaped("(0, 4294967296, 4294967296)"), "more elements than 64 bits can count"},
  };
  for (const auto& [text, expected] : cases) {
    const std::string error = error_of([&, &bytes = text] { parse_npy_header(bytes); });
    EXPECT_NE(error.find(expected), std::string::npos) << text.substr(0, 100) << "\n  " << error;
    EXPECT_LT(error.size(), 300u);
  }
}

// The length counts to the new line, and with it to a multiple of 64: 118 = 128 - 10.
TEST(NpyHeader, HasTheseBytes) {
  const std::string one = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }";
  EXPECT_EQ(npy_header(Tensor<double>({3})),
            "\x93NUMPY\x01\0\x76\0"s + one + std::string(117 - one.size(), ' ') + "\n");
  for (const Shape& shape : {Shape(nullptr, 0), Shape{1}, Shape{0, 123'456'789}, Shape{9, 99, 999, 0}}) {
    const std::string header = npy_header(Tensor<std::uint8_t>(shape));
    EXPECT_EQ(header.size() % 64, 0u) << shape;
    EXPECT_EQ(parse_npy_header(header.substr(10)).shape, shape);
    EXPECT_EQ(parse_npy_header(header.substr(10)).type, StoredType::u8);
  }
}
