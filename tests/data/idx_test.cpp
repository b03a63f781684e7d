#include "mend/data/idx.hpp"

#include "data/idx_fixture.hpp"
#include "mend/tensor/random.hpp"
#include "peak_memory.hpp"

using namespace mend;
using mend::test::expect_error;
using mend::test::gzipped;
using mend::test::idx_text;

namespace {

// Writes these bytes to a file and expects read_idx to refuse it with these words and the file's name.
void expect_refused(const std::string& bytes, std::vector<std::string> words) {
  const std::filesystem::path path = test::write(fresh_folder() / "refused-idx3-ubyte", bytes);
  words.push_back(path.string());
  expect_error([&] { read_idx(path); }, words);
}

}  // namespace

TEST(Idx, ReadsImagesByteByByte) {
  // Two images of two rows and three columns, header and content written out by hand.
  const std::string bytes(
      "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03\x01\x02\x03\x04\x05\x06\xf7\xf8\xf9\xfa\xfb\xfc", 28);
  const Tensor<std::uint8_t> images = read_idx(test::write(fresh_folder() / "images", bytes));
  EXPECT_EQ(images, Tensor<std::uint8_t>({2, 2, 3}, {1, 2, 3, 4, 5, 6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc}));
}

TEST(Idx, ReadsLabelsPackedOrNotWhateverTheName) {
  const Tensor<std::uint8_t> labels({4}, {5, 0, 4, 255});
  const std::filesystem::path folder = fresh_folder();
  EXPECT_EQ(read_idx(test::write(folder / "labels", idx_text(labels))), labels);
  EXPECT_EQ(read_idx(test::write(folder / "labels.gz", idx_text(labels))), labels);
  EXPECT_EQ(read_idx(test::write(folder / "packed_without_ending", gzipped(idx_text(labels)))), labels);
}

TEST(Idx, ReadsMoreThanOneChunk) {
  Tensor<std::uint8_t> images({3, 1000, 1001});
  for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<std::uint8_t>(i % 251);
  const std::filesystem::path folder = fresh_folder();
  EXPECT_EQ(read_idx(test::write(folder / "images", idx_text(images))), images);
  EXPECT_EQ(read_idx(test::write(folder / "images.gz", idx_text(images))), images);
}

TEST(Idx, ReadsNoImages) {
  EXPECT_EQ(read_idx(test::write(fresh_folder() / "none", idx_text(2051, {0, 28, 28}, ""))).shape(),
            (Shape{0, 28, 28}));
}

TEST(Idx, SaysWhatIsAnnouncedFromTheHeaderAlone) {
  const auto shape_of = [](const std::string& name, const std::string& text) {
    return read_idx_shape(test::write(fresh_folder() / name, text));
  };
  EXPECT_EQ(shape_of("images", idx_text(2051, {60000, 28, 20}, "")), Shape({60000, 28, 20}));
  EXPECT_EQ(shape_of("labels.gz", idx_text(2049, {7}, "too many to be read")), Shape({7}));
  expect_error([&] { shape_of("images", idx_text(2051, {60000, 28}, "")); }, {"ends within its header"});
  expect_error([&] { shape_of("images", idx_text(2050, {1, 1}, "x")); }, {"magic number 2050"});
}

TEST(Idx, RefusesWhatIsNotThere) {
  const std::filesystem::path folder = fresh_folder();
  expect_error([&] { read_idx(folder / "nothing.gz"); }, {(folder / "nothing.gz").string(), "No such file"});
  expect_error([&] { read_idx(folder); }, {folder.string(), "Is a directory"});
}

TEST(Idx, RefusesAWrongMagicNumber) {
  expect_refused(idx_text(2052, {1, 1, 1, 1}, "x"), {"2052", "2051", "2049", "axes"});   // four axes
  expect_refused(idx_text(2050, {1, 1}, "x"), {"2050", "2051", "2049", "axes"});         // two axes
  expect_refused(idx_text(3331, {1, 1, 1}, "xxxx"), {"3331", "2051", "2049", "bytes"});  // floats
  expect_refused("<html><body>404</body></html>",
                 {"2051", "2049", "is this an IDX file"});  // a server's apology
}

TEST(Idx, RefusesAShortHeader) {
  for (const std::size_t length : {0, 3, 4, 15})
    expect_refused(idx_text(2051, {1, 1, 1}, "x").substr(0, length), {"header"});
}

TEST(Idx, RefusesTooFewBytes) {
  expect_refused(idx_text(2051, {2, 2, 2}, "1234567"), {"(2, 2, 2)", "8 bytes", "only 7", "get it again"});
  expect_refused(gzipped(idx_text(2051, {2, 2, 2}, "1234567")), {"(2, 2, 2)", "8 bytes", "only 7"});
}

TEST(Idx, RefusesTrailingBytes) {
  expect_refused(idx_text(2049, {2}, "123"), {"(2)", "2 bytes", "more"});
  expect_refused(gzipped(idx_text(2049, {2}, "123")), {"(2)", "2 bytes", "more"});
}

TEST(Idx, RefusesDamagedGzip) {
  const std::string whole = gzipped(idx_text(2049, {2000}, std::string(2000, 'x')));
  expect_refused(whole.substr(0, whole.size() / 2), {"damaged", "end of file"});
  expect_refused(whole.substr(0, whole.size() - 4),
                 {"damaged", "end of file"});  // all bytes, but half a trailer
  std::string flipped = whole;
  flipped[flipped.size() - 6] ^= 1;  // in the checksum
  expect_refused(flipped, {"damaged", "get it again"});
}

TEST(Idx, TakesNoMemoryForAnAnnouncement) {
  const std::size_t most = most_memory_of([] {
    expect_refused(idx_text(2051, {0xffffffff, 0xffffffff, 0xffffffff}, "x"), {"1 GiB"});
    expect_refused(idx_text(2051, {0xffffffff, 28, 28}, "x"), {"1 GiB"});
    expect_refused(idx_text(2051, {1u << 16, 1u << 16, 1u << 8}, "x"), {"1 GiB"});  // 2^40 pixels
    expect_refused(idx_text(2049, {(1u << 30) + 1}, "x"), {"1 GiB"});
    expect_refused(idx_text(2049, {1u << 30}, "x"),
                   {"only 1"});  // the most that is allowed, and one byte of it
    expect_refused(gzipped(idx_text(2049, {1u << 30}, "x")), {"1073741824 bytes", "32 times", "bomb"});
  });
  EXPECT_LT(most, std::size_t{1} << 20);
}

// A gzip of some kilobytes may not become gigabytes: it may unpack to 32 MiB, or to 32 times its size.
TEST(Idx, RefusesAGzipBomb) {
  const std::size_t limit = std::size_t{32} << 20;
  const auto zeros = [](std::size_t announced, std::size_t size) {
    return gzipped(idx_text(2049, {static_cast<std::uint32_t>(announced)}, std::string(size, '\0')));
  };
  const std::string quiet = zeros(2, 2 * limit), loud = zeros(2 * limit, 2 * limit),
                    allowed = zeros(limit, limit);
  ASSERT_LT(loud.size(), 1u << 20);
  EXPECT_LT(most_memory_of([&] {
              expect_refused(quiet, {"(2)", "more"});  // left after the third byte
              expect_refused(loud, {"67108864 bytes", "32 times", "bomb", "gunzip"});
            }),
            std::size_t{4} << 20);
  EXPECT_LT(most_memory_of(
                [&] { EXPECT_EQ(read_idx(test::write(fresh_folder() / "allowed", allowed)).size(), limit); }),
            64'000'000 + allowed.size());
}

// What does not shrink so much may be larger: here each byte is one of 16, and takes half a byte.
TEST(Idx, ReadsALargeGzipThatIsNoBomb) {
  Random random(1);
  std::string noise(std::size_t{33} << 20, '\0');
  for (std::size_t i = 0; i < noise.size(); i += 16) {
    std::uint64_t bits = random.bits();
    for (std::size_t k = 0; k < 16; ++k, bits >>= 4) noise[i + k] = static_cast<char>(bits & 15);
  }
  const auto path = test::write(fresh_folder() / "large",
                                gzipped(idx_text(2049, {static_cast<std::uint32_t>(noise.size())}, noise)));
  const Tensor<std::uint8_t> read = read_idx(path);
  EXPECT_TRUE(std::equal(read.begin(), read.end(), noise.begin(), noise.end()));
}

// As gunzip does: what follows the packed content is not part of it.
TEST(Idx, PassesOverWhatFollowsAGzip) {
  const std::string packed = gzipped(idx_text(2049, {2}, "12"));
  EXPECT_EQ(read_idx(test::write(fresh_folder() / "labels", packed + "rest")),
            Tensor<std::uint8_t>({2}, {'1', '2'}));
  expect_refused(packed + gzipped("3"), {"more"});  // a second gzip is
}
