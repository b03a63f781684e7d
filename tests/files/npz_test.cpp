#include "mend/files/npz.hpp"

#include <zlib.h>

#include <cstring>

#include "files/fresh_folder.hpp"
#include "golden/python.hpp"
#include "mend/files/atomic_file.hpp"
#include "mend/files/npy_header.hpp"
#include "peak_memory.hpp"

using namespace mend;
using namespace std::string_literals;

namespace {

// A number as zip files have it, of 2 or 4 bytes.
std::string number(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 255);
  return text;
}

// What deflates to nearly nothing: `bytes`, and zeros behind them, which are never in memory all at once.
struct Packed {
  std::string bytes;
  std::uint64_t size, checksum;
};

Packed pack(std::string bytes, std::size_t zeros = 0) {
  z_stream stream{};
  if (deflateInit2(&stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) std::abort();
  Packed packed{"", bytes.size() + zeros, crc32(0, nullptr, 0)};
  std::string out(1 << 16, '\0');
  for (bool last = false; !last;
       bytes.assign(std::min<std::size_t>(zeros, 1 << 16), '\0'), zeros -= bytes.size()) {
    packed.checksum =
        crc32(packed.checksum, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    last = zeros == 0;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      packed.bytes.append(out, 0, out.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return packed;
}

// A member of an archive that says of itself what a test wants (APPNOTE.TXT, section 4.3).
struct Member {
  std::string name, packed;
  std::uint64_t size;  // unpacked
  std::uint64_t checksum, method = 0, flags = 0;

  std::string common() const {
    return number(20, 2) + number(flags, 2) + number(method, 2) + number(0x210000, 4) + number(checksum, 4) +
           number(packed.size(), 4) + number(size, 4) + number(name.size(), 2) + number(0, 2);
  }
};

Member stored(const std::string& name, const std::string& bytes) {
  return {name, bytes, bytes.size(),
          crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()))};
}
Member deflated(const std::string& name, const std::string& bytes) {
  const Packed packed = pack(bytes);
  return {name, packed.bytes, packed.size, packed.checksum, 8};
}

std::string archive(const std::vector<Member>& members, const std::string& before = "") {
  std::string bytes = before, directory;
  for (const Member& m : members) {
    directory += "PK\1\2" + number(20, 2) + m.common() + number(0, 10 - 2) + number(0, 2) +
                 number(bytes.size(), 4) + m.name;
    bytes += "PK\3\4" + m.common() + m.name + m.packed;
  }
  const std::string counts = number(members.size(), 2) + number(members.size(), 2);
  return bytes + directory + "PK\5\6" + number(0, 4) + counts + number(directory.size(), 4) +
         number(bytes.size(), 4) + number(0, 2);
}

std::string npy(const StoredTensor& tensor) {
  return npy_header(tensor) + std::string(element_bytes(tensor));
}

std::string error_for(const std::string& bytes) {
  const auto path = fresh_folder() / "file.npz";
  put(path, bytes);
  return error_of([&] { load_npz(path); });
}

std::map<std::string, StoredTensor> three() {
  return {{"0.weight", test::count<float>({2, 3})},
          {"pixels", test::count<std::uint8_t>({5})},
          {"\xc3\xa4", test::count<double>({1})}};
}

}  // namespace

TEST(Npz, ReadsWhatNumPyWrote) {
  EXPECT_EQ(load_npz(test::python_golden / "stored.npz"), three());
  EXPECT_EQ(load_npz(test::python_golden / "deflated.npz"), three());
}

TEST(Npz, ComesBackAsItWas) {
  const auto path = fresh_folder() / "file.npz";
  for (const NpzCompression compression : {NpzCompression::stored, NpzCompression::deflated}) {
    auto arrays = three();
    arrays["scalar"] = Tensor<double>(Shape(nullptr, 0), {42});
    arrays["empty"] = Tensor<float>({0, 7});
    arrays["large"] = test::count<float>({300, 1000});  // more than minizip's buffers
    arrays["folder/name"] = Tensor<std::uint8_t>({1}, 255);
    save_npz(path, arrays, compression);
    EXPECT_EQ(load_npz(path), arrays);
    const std::string bytes = read_file(path);
    save_npz(path, arrays, compression);
    EXPECT_EQ(read_file(path), bytes);
  }
  save_npz(path, {});
  EXPECT_TRUE(load_npz(path).empty());
  EXPECT_EQ(read_file(path), archive({}));
}

TEST(Npz, SaysWhatIsInAFileWithoutReadingIt) {
  const auto path = fresh_folder() / "file.npz";
  for (const NpzCompression compression : {NpzCompression::stored, NpzCompression::deflated}) {
    save_npz(path, three(), compression);
    const auto headers = load_npz_headers(path);
    EXPECT_EQ(headers.size(), 3u);
    for (const auto& [name, tensor] : three()) {
      EXPECT_EQ(static_cast<std::size_t>(headers.at(name).type), tensor.index()) << name;
      EXPECT_EQ(headers.at(name).shape, std::visit([](const auto& x) { return x.shape(); }, tensor)) << name;
    }
  }
  const std::string whole = read_file(path);
  put(path, whole.substr(0, whole.size() - 1));
  EXPECT_NE(error_of([&] { load_npz_headers(path); }).find("does not end as a zip archive does"),
            std::string::npos);
}

TEST(Npz, DeflatingMakesSmaller) {
  const auto folder = fresh_folder();
  const std::map<std::string, StoredTensor> black = {{"black", Tensor<float>({1000, 100})}};
  save_npz(folder / "stored", black, NpzCompression::stored);
  save_npz(folder / "deflated", black, NpzCompression::deflated);
  EXPECT_GT(std::filesystem::file_size(folder / "stored"), 400'000u);
  EXPECT_LT(std::filesystem::file_size(folder / "deflated"), 2'000u);
}

// Written down from the description of the format, not by the library that writes.
TEST(Npz, ReadsAnArchiveMadeByHand) {
  const auto path = fresh_folder() / "file.npz";
  const StoredTensor x = test::count<float>({2, 3}), y = test::count<double>({4});
  put(path, archive({stored("x.npy", npy(x)), deflated("y.npy", npy(y))}));
  EXPECT_EQ(load_npz(path), (std::map<std::string, StoredTensor>{{"x", x}, {"y", y}}));
}

TEST(Npz, RefusesEveryTruncationExtensionAndChangedNumber) {
  const auto path = fresh_folder() / "whole.npz";
  save_npz(path, {{"x", test::count<float>({3})}, {"y", test::count<double>({2})}}, NpzCompression::deflated);
  const std::string whole = read_file(path);
  const auto arrays = load_npz(path);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(error_for(whole.substr(0, size)), "no error") << size;
  EXPECT_NE(error_for(whole + "x").find("does not end as a zip archive does"), std::string::npos);
  EXPECT_NE(error_for("x" + whole).find("bytes are missing or too many"), std::string::npos);
  // A bit that is flipped in the numbers is found out by the checksum; elsewhere it must do no harm.
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ 1 << i % 8);
    put(path, flipped);
    try {
      for (const auto& [name, tensor] : load_npz(path)) {
        const auto found = arrays.find(name);  // a name may have been hit
        EXPECT_TRUE(found == arrays.end() || found->second == tensor) << i;
      }
    } catch (const Error&) {
    }
  }
}

TEST(Npz, RefusesAHostileArchive) {
  const std::string x = npy(test::count<float>({2, 3}));
  const auto changed = [](Member member, auto change) {
    change(member);
    return archive({member});
  };
  const Member good = stored("x.npy", x), packed = deflated("x.npy", x);
  const std::string huge =  // 2^40 floats
      "\x93NUMPY\x01\0\x76\0{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }"s;
  const struct {
    std::string bytes, error;
  } cases[] = {
      {"", "it has 0 bytes, too few for a zip archive"},
      {std::string(1000, 'x'), "does not end as a zip archive does"},
      {archive({stored("x.txt", x)}), "\"x.txt\": is no .npy file"},
      {archive({stored("x/", "")}), "\"x/\": is no .npy file"},
      {archive({stored(".npy", x)}), "cannot be named \"\""},
      {archive({stored("../x.npy", x)}), "cannot be named \"../x\""},
      {archive({stored("x\0y.npy"s, x)}), "cannot be named \"x\\u0000y\""},
      {archive({stored("x.npy\0"s, x)}), "\"x.npy\\u0000\": is no .npy file"},
      {archive({stored("\xff.npy", x)}), "cannot be named \"\\ufffd\""},
      {archive({stored(std::string(300, 'x') + ".npy", x)}), "has a name of more than 255 bytes"},
      {archive({stored(std::string(60'000, 'x') + ".npy", x)}), "has a name of more than 255 bytes"},
      {archive({good, good}), "the name \"x\" stands there twice"},
      {archive({good}, "x") + "y", "does not end as a zip archive does"},
      {archive({stored("x.npy", x + "y")}), "\"x.npy\": its shape (2, 3) needs 24 bytes, but 25 follow"},
      {archive({stored("x.npy", x.substr(0, 140))}),
       "\"x.npy\": its shape (2, 3) needs 24 bytes, but 12 follow"},
      {archive({stored("x.npy", "")}), "\"x.npy\": it has 0 bytes"},
      {archive({stored("x.npy", huge + std::string(200, ' '))}), "needs 4398046511104 bytes"},
      {changed(good, [](Member& m) { ++m.size; }), "is said to be 153 bytes long, and stored in 152"},
      {changed(good, [](Member& m) { m.size = 0xffff'fff0; }), "is said to be 4294967280 bytes long"},
      {changed(good, [](Member& m) { ++m.checksum; }), "its checksum is wrong"},
      {changed(good, [](Member& m) { m.flags = 1; }), "is encrypted"},
      {changed(good, [](Member& m) { m.method = 12; }),
       "is packed by method 12; 0 (stored) and 8 (deflated)"},
      {changed(good, [](Member& m) { m.method = 8; }), "it ends before all of its bytes were unpacked"},
      {changed(packed, [](Member& m) { ++m.checksum; }), "its checksum is wrong"},
      {changed(packed, [](Member& m) { m.size += 4; }), "its shape (2, 3) needs 24 bytes, but 28 follow"},
      {changed(packed, [](Member& m) { m.size = 0xffff'fff0; }), "unpacks to 4294967280 bytes"},
      {changed(packed, [](Member& m) { m.packed.resize(m.packed.size() / 2); }), "it ends before all"},
  };
  for (const auto& [bytes, expected] : cases) {
    const std::string error = error_for(bytes);
    EXPECT_NE(error.find(expected), std::string::npos) << error;
    EXPECT_NE(error.find("file.npz as npz: "), std::string::npos) << error;
  }
  EXPECT_NE(error_of([] { load_npz(test::python_golden / "bzip2.npz"); }).find("is packed by method 12"),
            std::string::npos);
  EXPECT_NE(error_of([] { load_npz(fresh_folder() / "none"); }).find("No such file"), std::string::npos);
  EXPECT_NE(error_of([] { load_npz(fresh_folder()); }).find("Is a directory"), std::string::npos);
}

// A large file of many short entries, which all lead to one array, would take long and much memory.
TEST(Npz, RefusesArraysThatShareTheirBytesAndTooMany) {
  const Member a = stored("a.npy", npy(test::count<float>({2, 3})));
  std::string bytes = archive({a});
  const std::size_t local = 30 + a.name.size() + a.packed.size();
  std::string directory;
  for (const std::string name : {"a.npy", "b.npy"}) directory += bytes.substr(local, 46) + name;
  bytes = bytes.substr(0, local) + directory + "PK\5\6" + number(0, 4) + number(2, 2) + number(2, 2) +
          number(directory.size(), 4) + number(local, 4) + number(0, 2);
  EXPECT_NE(error_for(bytes).find("\"b.npy\": shares its bytes with another"), std::string::npos);
  bytes = archive({a});
  bytes.replace(bytes.size() - 22 + 8, 4, number(50'001, 2) + number(50'001, 2));
  EXPECT_NE(error_for(bytes).find("it has more than 50000 arrays"), std::string::npos);
}

TEST(Npz, RefusesADirectoryOfAnotherLength) {
  const std::string x = npy(test::count<float>({2, 3}));
  const std::string whole = archive({stored("x.npy", x), stored("y.npy", x)});
  const std::size_t counts = whole.size() - 22 + 8;
  for (const int entries : {0, 1, 3, 50'000}) {  // with 1, another program may see y
    std::string bytes = whole;
    bytes.replace(
        counts, 4,
        number(static_cast<std::uint64_t>(entries), 2) + number(static_cast<std::uint64_t>(entries), 2));
    EXPECT_NE(error_for(bytes).find("its directory is damaged"), std::string::npos) << entries;
  }
  std::string comment = whole;
  comment[comment.size() - 2] = 3;
  EXPECT_NE(error_for(comment + "abc").find("does not end as a zip archive does"), std::string::npos);
}

// A kilobyte that unpacks to a thousand, honest in every header.
TEST(Npz, NeedsAtMost64MegabytesMoreThanTheFile) {
  const auto path = fresh_folder() / "file.npz";
  const auto bomb = [&](std::size_t members, std::size_t megabytes) {
    std::string header = npy_header(Tensor<std::uint8_t>({1}));
    const std::string shape = "(1,), }", larger = "(" + std::to_string(megabytes << 20) + ",), }";
    header.replace(header.find(shape), larger.size(), larger);  // over the blanks behind it
    const Packed packed = pack(header, megabytes << 20);
    std::vector<Member> all;
    for (std::size_t i = 0; i < members; ++i)
      all.push_back({std::to_string(i) + ".npy", packed.bytes, packed.size, packed.checksum, 8});
    put(path, archive(all));
  };
  const std::size_t megabyte = std::size_t{1} << 20;
  const std::size_t most_of_refused = most_memory_of([&] {
    bomb(1, 33);
    EXPECT_NE(error_of([&] { load_npz(path); }).find("may together need 32 MiB more than the file"),
              std::string::npos);
    bomb(1, 100);
    EXPECT_NE(error_of([&] { load_npz(path); }).find("\"0.npy\": unpacks to 104857728"), std::string::npos);
  });
  EXPECT_LE(most_of_refused, 8 * megabyte) << "nothing that is refused was unpacked first";
  bomb(40, 8);
  EXPECT_NE(error_of([&] { load_npz(path); }).find("\"4.npy\": unpacks to 8388"), std::string::npos);
  bomb(3, 10);
  const std::size_t most = most_memory_of([&] { EXPECT_EQ(load_npz(path).size(), 3u); });
  EXPECT_TRUE(testing::Test::IsSkipped() || most >= 24 * megabyte)
      << "this test does not see memory: " << most;
  EXPECT_LE(most, 64 * megabyte);
}

// A directory of very many entries for one member: reading it needs no memory for each.
TEST(Npz, NeedsNoMemoryForALongDirectory) {
  const Member member = stored("x.npy", npy(test::count<float>({1})));
  const std::string local = "PK\3\4" + member.common() + member.name + member.packed;
  const std::string entry =
      "PK\1\2" + number(20, 2) + member.common() + number(0, 8) + number(0, 2) + number(0, 4) + member.name;
  std::string bytes = local;
  constexpr std::size_t entries = 300'000;
  bytes.reserve(bytes.size() + entries * entry.size() + 22);
  for (std::size_t i = 0; i < entries; ++i) bytes += entry;
  bytes += "PK\5\6" + number(0, 4) + number(entries & 0xffff, 2) + number(entries & 0xffff, 2) +
           number(entries * entry.size(), 4) + number(local.size(), 4) + number(0, 2);
  const auto path = fresh_folder() / "file.npz";
  put(path, bytes);
  const std::size_t most = most_memory_of([&] {
    EXPECT_NE(error_of([&] { load_npz(path); }).find("the name \"x\" stands there twice"), std::string::npos);
  });
  EXPECT_LE(most, std::size_t{1} << 20);
}

TEST(Npz, RefusesToWriteWhatCannotBeRead) {
  const auto folder = fresh_folder();
  const Tensor<float> x({1}, 1);
  for (const std::string& name : {""s, "a\0b"s, "../a"s, "\xff"s, std::string(252, 'x')})
    EXPECT_THROW(save_npz(folder / "file", {{name, x}}), Error) << name;
  EXPECT_EQ(entries_in(folder), 0);
  save_npz(folder / "file", {{std::string(251, 'x'), x}});
  EXPECT_EQ(load_npz(folder / "file").size(), 1u);
}

TEST(Npz, KeepsTheOldFileWhenTheFolderIsReadOnly) {
  const auto folder = fresh_folder();
  const auto path = folder / "file.npz";
  save_npz(path, {{"x", Tensor<float>({1}, 1)}});
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { save_npz(path, {}); });
  }
  EXPECT_EQ(error, "cannot write " + path.string() + ": Permission denied");
  EXPECT_EQ(load_npz(path).size(), 1u);
  EXPECT_EQ(entries_in(folder), 1);
}
