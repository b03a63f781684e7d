#include "mend/files/safetensors.hpp"

#include <gtest/gtest-spi.h>

#include <cmath>
#include <limits>

#include "files/fresh_folder.hpp"
#include "golden/golden.hpp"
#include "mend/files/atomic_file.hpp"
#include "peak_memory.hpp"

using namespace mend;
using namespace std::string_literals;

namespace {

// The length of the header as the file has it.
std::string length_of(std::uint64_t size) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(size >> 8 * i & 255);
  return bytes;
}

std::string error_for(const std::string& bytes) {
  const auto path = fresh_folder() / "file.safetensors";
  put(path, bytes);
  return error_of([&] { load_safetensors(path); });
}

}  // namespace

TEST(Safetensors, ComesBackAsItWas) {
  const auto path = fresh_folder() / "file.safetensors";
  const float nan = std::numeric_limits<float>::quiet_NaN();
  Safetensors content;
  content.tensors["0.weight"] = Tensor<float>({2, 3}, {0.1f, -0.0f, 1e-45f, 3e38f, -1, INFINITY});
  content.tensors["0.bias"] = Tensor<double>({2, 1, 1, 2}, {1.0 / 3, 5e-324, 1e308, -2});
  content.tensors["pixels"] = Tensor<std::uint8_t>({3}, {0, 128, 255});
  content.tensors["none"] = Tensor<float>({0, 7});
  content.tensors["\"quoted\" \\ \xc3\xa4"] = Tensor<double>(Shape(nullptr, 0), {42});
  content.metadata = {{"architecture", "Dense(784, 256)\nRelu"},
                      {"\"note\"",
                       "gr\xc3\xb6\xc3\x9f"
                       "er \xe2\x89\xa5 \\ \t"},
                      {"", ""}};
  save_safetensors(path, content);
  const Safetensors back = load_safetensors(path);
  EXPECT_EQ(back.tensors, content.tensors);
  EXPECT_EQ(back.metadata, content.metadata);
  EXPECT_TRUE(std::signbit(std::get<Tensor<float>>(back.tensors.at("0.weight"))[1]));
  save_safetensors(path, {{{"x", Tensor<float>({1}, nan)}}, {}});
  EXPECT_TRUE(std::isnan(std::get<Tensor<float>>(load_safetensors(path).tensors.at("x"))[0]));
}

TEST(Safetensors, SaysWhatIsInAFileWithoutReadingIt) {
  const auto path = fresh_folder() / "file.safetensors";
  save_safetensors(path, {{{"b", Tensor<double>({2, 3})}, {"a", Tensor<std::uint8_t>({5})}}, {{"k", "v"}}});
  const SafetensorsHeader header = load_safetensors_header(path);
  ASSERT_EQ(header.tensors.size(), 2u);
  EXPECT_EQ(header.tensors[0].first, "a");
  EXPECT_EQ(header.tensors[1].first, "b");
  EXPECT_EQ(header.tensors[1].second.shape, Shape({2, 3}));
  EXPECT_EQ(to_string(header.tensors[0].second.type), "U8"s);
  EXPECT_EQ(to_string(header.tensors[1].second.type), "F64"s);
  EXPECT_EQ(to_string(StoredType::f32), "F32"s);
  EXPECT_EQ(header.metadata.at("k"), "v");

  // 10^12 bytes that are nowhere: the file is a hole, and only its header is read.
  const std::string vast = R"({"x":{"dtype":"U8","shape":[1000000000000],"data_offsets":[0,1000000000000]}})";
  put(path, length_of(vast.size()) + vast);
  std::error_code cannot;  // a file system may have a limit
  std::filesystem::resize_file(path, 8 + vast.size() + 1'000'000'000'000, cannot);
  if (!cannot) {
    EXPECT_EQ(load_safetensors_header(path).tensors.at(0).second.shape, Shape({1'000'000'000'000}));
  }
  put(path, length_of(vast.size()) + vast);
  EXPECT_EQ(error_of([&] { load_safetensors_header(path); }), error_of([&] { load_safetensors(path); }));
  EXPECT_NE(error_of([&] { load_safetensors_header(path); }), "no error");
}

// 1.0f is 00 00 80 3f, -2.0f is 00 00 00 c0 in the order of the file.
TEST(Safetensors, HasTheseBytes) {
  const auto path = fresh_folder() / "file.safetensors";
  save_safetensors(
      path, {{{"b", Tensor<float>({2, 1}, {1, -2})}, {"a", Tensor<std::uint8_t>({1}, {7})}}, {{"k", "v"}}});
  const std::string header =
      "{\"__metadata__\":{\"k\":\"v\"},"
      "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
      "\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[1,9]}}   ";
  ASSERT_EQ(header.size(), 136u);
  EXPECT_EQ(read_file(path), "\x88\0\0\0\0\0\0\0"s + header + "\x07\0\0\x80\x3f\0\0\0\xc0"s);
  save_safetensors(path, {});
  EXPECT_EQ(read_file(path), "\x08\0\0\0\0\0\0\0{}      "s);
  EXPECT_TRUE(load_safetensors(path).tensors.empty());
}

TEST(Safetensors, ReadsAnyOrderAndSpacing) {
  const auto path = fresh_folder() / "file.safetensors";
  const std::string header =
      "{ \"z\": {\"data_offsets\":[0,1],\"shape\":[1],\"dtype\":\"U8\"},\n \"a\": {\"shape\":[1,1],"
      "\"dtype\":\"U8\",\"data_offsets\":[1,2]}, \"__metadata__\": {} }";
  put(path, length_of(header.size()) + header + "\x05\x06");
  const Safetensors content = load_safetensors(path);
  EXPECT_EQ(std::get<Tensor<std::uint8_t>>(content.tensors.at("z")), Tensor<std::uint8_t>({1}, {5}));
  EXPECT_EQ(std::get<Tensor<std::uint8_t>>(content.tensors.at("a")), Tensor<std::uint8_t>({1, 1}, {6}));
}

TEST(Safetensors, RefusesEveryTruncationAndExtension) {
  const auto path = fresh_folder() / "whole.safetensors";
  save_safetensors(path, {{{"a", Tensor<float>({3}, 1)}}, {{"k", "v"}}});
  const std::string whole = read_file(path);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(error_for(whole.substr(0, size)), "no error") << size;
  EXPECT_NE(error_for(whole + "x").find("1 bytes are left over behind the last tensor"), std::string::npos);
  EXPECT_NE(error_for("").find("it has 0 bytes, fewer than 8"), std::string::npos);
  EXPECT_NE(error_for(length_of(~std::uint64_t{0}) + "{}")
                .find("its header shall be 18446744073709551615 bytes long"),
            std::string::npos);
  EXPECT_NE(error_of([] { load_safetensors(fresh_folder() / "none"); }).find("No such file"),
            std::string::npos);
  EXPECT_NE(error_of([] { load_safetensors(fresh_folder()); }).find("Is a directory"), std::string::npos);
}

// Header, bytes of data behind it, what the error must say.
TEST(Safetensors, RefusesAHostileHeader) {
  const auto tensor = [](const std::string& fields) { return "{\"a\":{" + fields + "}}"; };
  const std::string f32 = "\"dtype\":\"F32\",", one = "\"shape\":[1],", four = "\"data_offsets\":[0,4]";
  const auto two = [](const std::string& a, const std::string& b) {
    const std::string head = "{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[";
    return "{\"a\":" + head + a + "]},\"b\":" + head + b + "]}}";
  };
  const std::string huge = "4294967296";  // 2^32
  const struct {
    std::string header;
    std::size_t data;
    std::string error;
  } cases[] = {
      {"", 0, "does not begin with {"},
      {"[]", 0, "does not begin with {"},
      {" {}", 0, "does not begin with {"},
      {"{", 0, "not JSON at byte"},
      {"{}x", 0, "not JSON at byte"},
      {"{}\0{}"s, 0, "NUL byte"},
      {"{\"\xff\":1}", 0, "not JSON at byte"},
      {"{\"a\":1}", 0, "\"a\": a tensor is {"},
      {"{\"a\":null}", 0, "\"a\": a tensor is {"},
      {"{\"a\":\"x\"}", 0, "\"a\": a tensor is {"},
      {"{\"a\":[1]}", 0, "\"a\": a tensor is {"},
      {"{\"a\":{}}", 0, "\"a\": a tensor is {"},
      {"{\"a\":" + std::string(1'000'000, '['), 0, "\"a\": a tensor is {"},
      {"{\"a\":{\"shape\":" + std::string(1'000'000, '['), 0, "\"shape\": a tensor is {"},
      {"{\"a\":" + std::string(100'000, '{'), 0, "not JSON at byte"},
      {std::string("{\"a\":{\"b\":{\"c\":{"), 0, "\"a\", \"b\": a tensor is {"},
      {tensor(one + four), 4, "\"a\": a tensor is {"},
      {tensor(f32 + one + four + ",\"extra\":[1]"), 4, "\"a\", \"extra\": a tensor is {"},
      {tensor(f32 + f32 + one + four), 4, "\"a\" has the key \"dtype\" twice"},
      {tensor("\"dtype\":\"BF16\"," + one + four), 4, "holds \"BF16\"; F32, F64 and U8 can be read"},
      {tensor("\"dtype\":4," + one + four), 4, "\"dtype\": a tensor is {"},
      {tensor(f32 + "\"shape\":[1,1,1,1,1]," + four), 4, "at most 4 axes"},
      {tensor(f32 + "\"shape\":[-1]," + four), 4, "a number that is not a count"},
      {tensor(f32 + "\"shape\":[1.0]," + four), 4, "a number that is not a count"},
      {tensor(f32 + "\"shape\":[18446744073709551616]," + four), 4, "a number that is not a count"},
      {tensor(f32 + "\"shape\":[\"1\"]," + four), 4, "\"shape\": a tensor is {"},
      {tensor(f32 + "\"shape\":[true]," + four), 4, "\"shape\": a tensor is {"},
      {tensor(f32 + "\"shape\":[" + huge + "," + huge + "]," + four), 4,
       "more elements than 64 bits can count"},
      {tensor(f32 + "\"shape\":[0," + huge + "," + huge + "]," + four), 4,
       "more elements than 64 bits can count"},
      {tensor(f32 + "\"shape\":[4611686018427387905]," + four), 4, "more elements than 64 bits can count"},
      {tensor(f32 + "\"shape\":[1000000000000]," + four), 4, "needs 4000000000000 bytes"},
      {tensor(f32 + "\"shape\":[1099511627776]," + four), 4, "needs 4398046511104 bytes"},  // 2^40
      {tensor(f32 + "\"shape\":[NaN]," + four), 4, "not JSON at byte"},
      {tensor(f32 + "\"shape\":[Infinity]," + four), 4, "not JSON at byte"},
      {tensor(f32 + "\"shape\":[1e999]," + four), 4, "not JSON at byte"},
      {tensor(f32 + "\"shape\":[1e0]," + four), 4, "a number that is not a count"},
      {tensor(f32 + "\"shape\":[null]," + four), 4, "\"shape\": a tensor is {"},
      {tensor(f32 + one + "\"data_offsets\":[0,NaN]"), 4, "not JSON at byte"},
      {tensor(f32 + "\"shape\":[0],\"data_offsets\":[2,2]"), 4,
       "which leave a gap"},  // an empty tensor, misplaced
      {"{\"__metadata__\":" + std::string(10'000, '{'), 0, "not JSON at byte"},
      {"{\"__metadata__\":{\"k\":" + std::string(10'000, '['), 0, "the metadata is an object of texts"},
      {tensor(f32 + "\"shape\":[2]," + four), 4, "its shape (2) needs 8 bytes"},
      {tensor(f32 + one + "\"data_offsets\":[0]"), 4, "is not [begin, end]"},
      {tensor(f32 + one + "\"data_offsets\":[0,4,8]"), 4, "is not [begin, end]"},
      {tensor(f32 + one + "\"data_offsets\":[4,0]"), 4, "which run backwards"},
      {tensor(f32 + one + "\"data_offsets\":[0,18446744073709551615]"), 4, "but only 4 bytes of data"},
      {tensor(f32 + one + four), 0, "but only 0 bytes of data"},
      {tensor(f32 + one + "\"data_offsets\":[4,8]"), 8, "leave a gap"},
      {tensor(f32 + one + four), 5, "1 bytes are left over"},
      {two("0,4", "0,4"), 4, "\"b\" has the data_offsets [0, 4], which overlap"},
      {two("0,4", "3,7"), 7, "which overlap the tensor before, that ends at 4"},
      {two("0,4", "5,9"), 9, "which leave a gap after the tensor before, that ends at 4"},
      {"{\"a\":{" + f32 + one + four + "},\"a\":{" + f32 + one + "\"data_offsets\":[4,8]}}", 8,
       "\"a\" stands there twice"},
      {"{\"../../etc/passwd\":{" + f32 + one + four + "}}", 4, "cannot be named \"../../etc/passwd\""},
      {"{\"a\\u0000b\":{" + f32 + one + four + "}}", 4, "cannot be named \"a\\u0000b\""},
      {"{\"\":{" + f32 + one + four + "}}", 4, "cannot be named \"\""},
      {"{\"__metadata__\":\"text\"}", 0, "the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":1}}", 0, "\"__metadata__\", \"k\": the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":-1}}", 0, "the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":null}}", 0, "the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":[\"v\"]}}", 0, "the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":{}}}", 0, "the metadata is an object of texts"},
      {"{\"__metadata__\":{\"k\":\"v\",\"k\":\"w\"}}", 0, "\"__metadata__\" has the key \"k\" twice"},
      {"{\"__metadata__\":{},\"__metadata__\":{}}", 0, "\"__metadata__\" stands there twice"},
  };
  for (const auto& [header, data, expected] : cases) {
    const std::string error = error_for(length_of(header.size()) + header + std::string(data, '\0'));
    EXPECT_NE(error.find(expected), std::string::npos) << header.substr(0, 100) << "\n  " << error;
    EXPECT_NE(error.find("file.safetensors as safetensors: "), std::string::npos) << error;
  }
}

TEST(Safetensors, RefusesAHeaderWithoutEnd) {
  const std::size_t most = std::size_t{8} << 20;
  const auto padded = [](std::size_t size) { return length_of(size) + "{}" + std::string(size - 2, ' '); };
  EXPECT_EQ(error_for(padded(most)), "no error");
  EXPECT_NE(error_for(padded(most + 8)).find("its header is 8388616 bytes long; at most 8388608 are read"),
            std::string::npos);
}

// As many tensors or texts as a header can name, and a file that is all data.
TEST(Safetensors, TakesMemoryForWhatIsThereAlone) {
  const auto path = fresh_folder() / "file.safetensors";
  const auto most_memory = [&] { return most_memory_of([&] { load_safetensors(path); }); };
  // Each name 100 bytes long: the header fills its 8 MiB.
  const auto names = [](int count, const std::string& value) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      list += "\"" + number + std::string(100 - number.size(), 'x') + "\":" + value + ",";
    }
    list.pop_back();
    return list;
  };
  const std::string empty = "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}",
                    limit = "more than 50000";
  for (const int count : {50'000, 50'001}) {
    const std::string tensors = "{" + names(count, empty) + "}",
                      texts = "{\"__metadata__\":{" + names(count - 1, "\"\"") + "}}";
    for (const std::string& header : {tensors, texts}) {
      put(path, length_of(header.size()) + header);
      if (count > 50'000)
        EXPECT_NE(error_of([&] { load_safetensors(path); }).find(limit), std::string::npos);
      else
        EXPECT_LT(most_memory(), header.size() + 64'000'000);
    }
  }

  const std::size_t size = std::size_t{100} << 20;
  const std::string header =
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[104857600],\"data_offsets\":[0,104857600]}}";
  put(path, length_of(header.size()) + header + std::string(size, 'x'));
  EXPECT_LT(most_memory_of([&] { EXPECT_EQ(load_safetensors(path).tensors.size(), 1u); }), size + 64'000'000);
}

TEST(Safetensors, RefusesToWriteWhatCannotBeRead) {
  const auto folder = fresh_folder();
  const Tensor<float> x({1}, 1);
  for (const std::string& name : {""s, "a\0b"s, "../a"s, "__metadata__"s, "\xff"s})
    EXPECT_THROW(save_safetensors(folder / "file", {{{name, x}}, {}}), Error) << name;
  EXPECT_THROW(save_safetensors(folder / "file", {{}, {{"k", "\xc3"}}}), Error);
  EXPECT_EQ(entries_in(folder), 0);
}

TEST(Safetensors, KeepsTheOldFileWhenTheFolderIsReadOnly) {
  const auto folder = fresh_folder();
  const auto path = folder / "file.safetensors";
  save_safetensors(path, {{{"x", Tensor<float>({1}, 1)}}, {}});
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { save_safetensors(path, {}); });
  }
  EXPECT_EQ(error, "cannot write " + path.string() + ": Permission denied");
  EXPECT_EQ(load_safetensors(path).tensors.size(), 1u);
  EXPECT_EQ(entries_in(folder), 1);
}

// The files in tests/golden are the largest use that the tests make of this format. A comparison with them can fail:
// for a number, a shape, golden values that say nothing, one that was left out, and a file that is not there.
TEST(Golden, CanFail) {
  const Tensor<double> x({2}, {1, -2}), zero({2});
  expect_golden("x", x, x);
  EXPECT_NONFATAL_FAILURE(expect_golden("x", Tensor<double>({2}, {1, -2 - 1e-12}), x), "x[1]");
  EXPECT_NONFATAL_FAILURE(expect_golden("x", Tensor<double>({2}, {NAN, -2}), x), "x[0]");
  EXPECT_NONFATAL_FAILURE(expect_golden("x", Tensor<double>({1, 2}, {1, -2}), x), "x is (1, 2) but (2)");
  EXPECT_NONFATAL_FAILURE(expect_golden("x", zero, zero), "all zero");
  const auto leave_out_dx = [] {
    Golden golden("layers", "tanh");
    for (const char* name : {"x", "y", "upstream"}) golden.expect(name, golden[name]);
  };
  EXPECT_NONFATAL_FAILURE(leave_out_dx(), "tanh.dx was compared with nothing");
  EXPECT_EQ(error_of([] { Golden("layers", "tan"); }), "tests/golden/layers.safetensors has nothing on tan");
  EXPECT_NE(error_of([] { Golden("absent", "tanh"); }).find("cannot read tests/golden/absent.safetensors"),
            std::string::npos);
}
