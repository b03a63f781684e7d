#include "mend/files/npy.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include "files/fresh_folder.hpp"
#include "golden/python.hpp"
#include "mend/files/atomic_file.hpp"

using namespace mend;
using namespace std::string_literals;

namespace {

std::string error_for(const std::string& bytes) {
  const auto path = fresh_folder() / "file.npy";
  put(path, bytes);
  return error_of([&] { load_npy(path); });
}

}  // namespace

TEST(Npy, ReadsWhatNumPyWrote) {
  EXPECT_EQ(load_npy(test::python_golden / "f4.npy"), StoredTensor(test::count<float>({2, 3})));
  EXPECT_EQ(load_npy(test::python_golden / "f8.npy"), StoredTensor(test::count<double>({2, 1, 3, 2})));
  EXPECT_EQ(load_npy(test::python_golden / "u1.npy"), StoredTensor(test::count<std::uint8_t>({5})));
  EXPECT_EQ(load_npy(test::python_golden / "scalar.npy"),
            StoredTensor(Tensor<double>(Shape(nullptr, 0), {0.25})));
  EXPECT_EQ(load_npy(test::python_golden / "empty.npy"), StoredTensor(Tensor<float>({0, 7})));
  EXPECT_EQ(load_npy(test::python_golden / "version2.npy"), StoredTensor(test::count<float>({2, 3})));
  EXPECT_EQ(load_npy(test::python_golden / "version3.npy"), StoredTensor(test::count<float>({2, 3})));
}

TEST(Npy, SaysWhatToDoAboutOtherArraysOfNumPy) {
  for (const auto& [file, expected] :
       std::vector<std::pair<std::string, std::string>>{{"fortran.npy", "numpy.ascontiguousarray(x)"},
                                                        {"big_endian.npy", "of type \">f4\""},
                                                        {"int64.npy", "of type \"<i8\""},
                                                        {"bool.npy", "of type \"|b1\""},
                                                        {"records.npy", "records of several fields"},
                                                        {"objects.npy", "Python objects"},
                                                        {"rank5.npy", "more than 4 axes"}}) {
    const std::string error = error_of([&, &name = file] { load_npy(test::python_golden / name); });
    EXPECT_NE(error.find(expected), std::string::npos) << error;
    EXPECT_TRUE(error.starts_with("cannot read " + (test::python_golden / file).string() + " as npy: "))
        << error;
  }
}

TEST(Npy, WritesTheBytesThatNumPyWrites) {
  const auto path = fresh_folder() / "file.npy";
  for (const char* name : {"f4.npy", "f8.npy", "u1.npy", "scalar.npy", "empty.npy"}) {
    save_npy(path, load_npy(test::python_golden / name));
    EXPECT_EQ(read_file(path), read_file(test::python_golden / name)) << name;
  }
}

TEST(Npy, ComesBackAsItWas) {
  const auto path = fresh_folder() / "file.npy";
  const Tensor<float> f({2, 3}, {0.1f, -0.0f, 1e-45f, 3e38f, -1, INFINITY});
  save_npy(path, f);
  EXPECT_EQ(load_npy(path), StoredTensor(f));
  EXPECT_TRUE(std::signbit(std::get<Tensor<float>>(load_npy(path))[1]));
  const Tensor<double> d({1, 2, 1, 2}, {1.0 / 3, 5e-324, 1e308, -2});
  save_npy(path, d);
  EXPECT_EQ(load_npy(path), StoredTensor(d));
  save_npy(path, Tensor<double>({1}, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_TRUE(std::isnan(std::get<Tensor<double>>(load_npy(path))[0]));
}

TEST(Npy, SaysWhatIsInAFileWithoutReadingIt) {
  const auto path = fresh_folder() / "file.npy";
  save_npy(path, Tensor<double>({2, 3, 4}));
  const NpyHeader header = load_npy_header(path);
  EXPECT_EQ(header.type, StoredType::f64);
  EXPECT_EQ(header.shape, (Shape{2, 3, 4}));
  put(path, read_file(path) + "x");
  EXPECT_NE(
      error_of([&] { load_npy_header(path); }).find("file.npy as npy: its shape (2, 3, 4) needs 192 bytes"),
      std::string::npos);
}

TEST(Npy, RefusesEveryTruncationAndExtension) {
  for (const char* name : {"f4.npy", "version2.npy", "scalar.npy"}) {
    const std::string whole = read_file(test::python_golden / name);
    for (std::size_t size = 0; size < whole.size(); ++size)
      EXPECT_NE(error_for(whole.substr(0, size)), "no error") << name << " " << size;
    EXPECT_NE(error_for(whole + "x").find(" follow its header"), std::string::npos);
  }
  EXPECT_NE(error_for("").find("it has 0 bytes"), std::string::npos);
  EXPECT_NE(error_of([] { load_npy(fresh_folder() / "none"); }).find("No such file"), std::string::npos);
  EXPECT_NE(error_of([] { load_npy(fresh_folder()); }).find("Is a directory"), std::string::npos);
}

TEST(Npy, RefusesAHostileFile) {
  const std::string dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }";
  const auto v1 = [](const std::string& header) {
    return "\x93NUMPY\x01\0"s + static_cast<char>(header.size() & 255) +
           static_cast<char>(header.size() >> 8) + header;
  };
  EXPECT_NE(
      error_for(v1(dictionary) + "1234").find("(1099511627776) needs 4398046511104 bytes, but 4 follow"),
      std::string::npos);
  EXPECT_NE(error_for("\x93numpy\x01\0\0\0"s).find("does not begin with \\x93NUMPY"), std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\x04\0\0\0\0\0"s).find("of version 4.0"), std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\x01\x01\0\0"s).find("of version 1.1"), std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\0\0\0\0"s).find("of version 0.0"), std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\x02\0\xff\xff\xff\xff"s).find("header shall be 4294967295 bytes long"),
            std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\x02\0\xff\0\0\0{"s).find("ends within its header"), std::string::npos);
  EXPECT_NE(error_for("\x93NUMPY\x02\0\xff\0"s).find("ends within its header"), std::string::npos);
  EXPECT_NE(error_for(v1(std::string(10'001, ' '))).find("at most 10000 was expected"), std::string::npos);
}

TEST(Npy, ReadsFromAnywhereAndAsksForNothingBeyond) {
  const std::string bytes = read_file(test::python_golden / "f8.npy");
  std::size_t taken = 0;
  const StoredTensor back = read_npy(
      [&](char* to, std::size_t size) {
        ASSERT_LE(taken + size, bytes.size());
        std::memcpy(to, bytes.data() + taken, size);
        taken += size;
      },
      bytes.size());
  EXPECT_EQ(taken, bytes.size());
  EXPECT_EQ(back, StoredTensor(test::count<double>({2, 1, 3, 2})));
}

TEST(Npy, KeepsTheOldFileWhenTheFolderIsReadOnly) {
  const auto folder = fresh_folder();
  save_npy(folder / "file.npy", Tensor<float>({1}, 1));
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { save_npy(folder / "file.npy", Tensor<float>({1}, 2)); });
  }
  EXPECT_EQ(error, "cannot write " + (folder / "file.npy").string() + ": Permission denied");
  EXPECT_EQ(load_npy(folder / "file.npy"), StoredTensor(Tensor<float>({1}, 1)));
  EXPECT_EQ(entries_in(folder), 1);
}
