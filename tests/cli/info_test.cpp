#include "cli/info.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "data/idx_fixture.hpp"
#include "files/fresh_folder.hpp"
#include "mend/files/npz.hpp"
#include "mend/files/png.hpp"
#include "mend/files/safetensors.hpp"

using namespace mend;
using nlohmann::json;

namespace {

std::string said(const std::filesystem::path& file, bool as_json) {
  std::ostringstream out;
  cli::info(file, as_json, out);
  return out.str();
}

}  // namespace

TEST(Info, SaysWhatTensorsAndTextsASafetensorsFileHolds) {
  const auto path = ::fresh_folder() / "file.safetensors";
  const std::string history = "epoch,loss\n" + std::string(500, '1');
  save_safetensors(path, {{{"0.weight", Tensor<float>({784, 2})}, {"pixels", Tensor<std::uint8_t>({5})}},
                          {{"architecture", "Dense(784, 2)"}, {"history", history}}});
  const json found = json::parse(said(path, true));
  EXPECT_EQ(found["kind"], "safetensors");
  EXPECT_EQ(found["bytes"], std::filesystem::file_size(path));
  EXPECT_EQ(found["tensors"], json::parse(R"([{"name": "0.weight", "type": "F32", "shape": [784, 2]},
                                              {"name": "pixels", "type": "U8", "shape": [5]}])"));
  EXPECT_EQ(found["metadata"]["history"], history) << "whole for scripts";
  const std::string text = said(path, false);
  EXPECT_NE(text.find("2, of 1,573 numbers"), std::string::npos) << text;
  EXPECT_NE(text.find("\"0.weight\"  F32  (784, 2)"), std::string::npos) << text;
  EXPECT_NE(text.find("... (511 bytes)"), std::string::npos) << "shortened for people: " << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 7) << text;
}

TEST(Info, SaysWhatPicturesAndDataSetsAre) {
  const auto folder = ::fresh_folder();
  save_png(folder / "picture", Tensor<std::uint8_t>({3, 4, 3}));
  EXPECT_NE(said(folder / "picture", false).find("PNG, 4 x 3 pixels, RGB, 8 bits, "), std::string::npos);
  const json picture = json::parse(said(folder / "picture", true));
  EXPECT_EQ(picture["width"], 4);
  EXPECT_EQ(picture["height"], 3);
  EXPECT_EQ(picture["interlaced"], false);
  for (const char* name : {"images", "images.gz"}) {
    test::write(folder / name, test::idx_text(2051, {60000, 28, 28}, ""));
    EXPECT_EQ(json::parse(said(folder / name, true))["shape"], json({60000, 28, 28}));
    EXPECT_NE(said(folder / name, false).find("IDX, images (60000, 28, 28), U8"), std::string::npos);
  }
  test::write(folder / "labels", test::idx_text(2049, {5}, "12345"));
  EXPECT_EQ(json::parse(said(folder / "labels", true))["holds"], "labels");
}

TEST(Info, SaysWhatArraysOfNumPyAre) {
  const auto folder = ::fresh_folder();
  save_npy(folder / "array", Tensor<double>({2, 3}));
  EXPECT_NE(said(folder / "array", false).find("NPY, (2, 3), F64, 176 bytes"), std::string::npos);
  EXPECT_EQ(json::parse(said(folder / "array", true))["shape"], json({2, 3}));
  for (const NpzCompression compression : {NpzCompression::stored, NpzCompression::deflated}) {
    save_npz(folder / "arrays", {{"x", Tensor<float>({784, 2})}, {"y", Tensor<std::uint8_t>({5})}},
             compression);
    const std::string text = said(folder / "arrays", false);
    EXPECT_NE(text.find("tensors: 2, of 1,573 numbers\n  \"x\"  F32  (784, 2)\n"), std::string::npos) << text;
    EXPECT_EQ(json::parse(said(folder / "arrays", true))["tensors"][1],
              json::parse(R"({"name": "y", "type": "U8", "shape": [5]})"));
  }
  save_npz(folder / "arrays", {});
  EXPECT_EQ(json::parse(said(folder / "arrays", true))["tensors"], json::array());
}

TEST(Info, RefusesWhatItDoesNotKnow) {
  const auto folder = ::fresh_folder();
  EXPECT_NE(error_of([&] { said(folder / "none", false); }).find("is not there"), std::string::npos);
  EXPECT_NE(error_of([&] { said(folder, false); }).find("is no file"), std::string::npos);
  for (const std::string& bytes : {std::string(), std::string("text"), std::string(100, '\0')}) {
    put(folder / "file", bytes);
    EXPECT_NE(error_of([&] { said(folder / "file", false); }).find("neither"), std::string::npos);
  }
  put(folder / "file", "\x89PNG");
  EXPECT_NE(error_of([&] { said(folder / "file", true); }).find("as PNG"), std::string::npos);
}
