#include "mend/files/atomic_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <thread>
#include <vector>

#include "files/fresh_folder.hpp"

using namespace mend;

TEST(AtomicFile, WritesEveryByteAndReadsItBack) {
  const auto folder = fresh_folder();
  std::string every_byte;
  for (int i = 0; i < 256 * 100; ++i) every_byte += static_cast<char>(i);
  for (const std::string& content : {std::string(), std::string("one line\n"), every_byte}) {
    write_file(folder / "file", content);
    EXPECT_EQ(read_file(folder / "file"), content);
    EXPECT_EQ(std::filesystem::file_size(folder / "file"), content.size());
  }
  EXPECT_EQ(entries_in(folder), 1);
}

TEST(AtomicFile, HasTheUsualRights) {
  const auto folder = fresh_folder();
  const mode_t mask = ::umask(022);
  write_file(folder / "file", "x");
  ::umask(mask);
  EXPECT_EQ(std::filesystem::status(folder / "file").permissions(), std::filesystem::perms(0644));
}

TEST(AtomicFile, KeepsTheRightsOfTheFileBefore) {
  const auto folder = fresh_folder();
  put(folder / "file", "old");
  std::filesystem::permissions(folder / "file", std::filesystem::perms(0640));
  write_file(folder / "file", "new");
  EXPECT_EQ(std::filesystem::status(folder / "file").permissions(), std::filesystem::perms(0640));
}

TEST(AtomicFile, FollowsLinks) {
  const auto folder = fresh_folder();
  std::filesystem::create_directory(folder / "real");
  std::filesystem::create_symlink("real/file", folder / "second");
  std::filesystem::create_symlink(folder / "second", folder / "first");
  for (const std::string content : {"made", "replaced"}) {
    write_file(folder / "first", content);
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "first"));
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "second"));
    EXPECT_EQ(read_file(folder / "real" / "file"), content);
  }
  std::filesystem::create_symlink("circle", folder / "circle");
  EXPECT_NE(error_of([&] { write_file(folder / "circle", "x"); }).find("symbolic links"), std::string::npos);
}

// A device would be replaced for every program, a pipe would lose its reader.
TEST(AtomicFile, ReplacesNothingButFiles) {
  const auto folder = fresh_folder();
  const std::string pipe = (folder / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::create_symlink("pipe", folder / "link");
  EXPECT_EQ(error_of([&] { write_file(pipe, "x"); }), "cannot write " + pipe + ": it is no regular file");
  EXPECT_NE(error_of([&] { write_file(folder / "link", "x"); }).find("no regular file"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST(AtomicFile, ReadsNothingWithoutEnd) {
  EXPECT_EQ(error_of([] { read_file("/dev/zero"); }), "cannot read /dev/zero: it has more than 64 MiB");
  const auto sparse = fresh_folder() / "sparse";
  put(sparse, "");
  std::filesystem::resize_file(sparse, (std::uintmax_t{1} << 30) + 1);
  EXPECT_EQ(error_of([&] { read_file(sparse); }),
            "cannot read " + sparse.string() + ": it has more than 1024 MiB");
}

TEST(AtomicFile, TakesANameInTheCurrentFolder) {
  const auto folder = fresh_folder();
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  write_file("name", "x");
  std::filesystem::current_path(before);
  EXPECT_EQ(read_file(folder / "name"), "x");
}

TEST(AtomicFile, NamesThePathAndTheReason) {
  const auto folder = fresh_folder();
  write_file(folder / "file", "old");
  EXPECT_EQ(error_of([&] { write_file(folder / "none" / "file", "x"); }),
            "cannot write " + (folder / "none" / "file").string() + ": No such file or directory");
  EXPECT_EQ(error_of([&] { write_file(folder / "file" / "x", "x"); }),
            "cannot write " + (folder / "file" / "x").string() + ": Not a directory");
  EXPECT_EQ(error_of([&] { write_file(folder, "x"); }),
            "cannot write " + folder.string() + ": it is a folder");
  EXPECT_EQ(error_of([&] { read_file(folder / "none"); }),
            "cannot read " + (folder / "none").string() + ": No such file or directory");
  EXPECT_EQ(error_of([&] { read_file(folder); }), "cannot read " + folder.string() + ": Is a directory");
  EXPECT_EQ(entries_in(folder), 1);
}

TEST(AtomicFile, LeavesAReadOnlyFolderAlone) {
  const auto folder = fresh_folder();
  write_file(folder / "file", "old");
  std::string error;
  {
    const ReadOnly read_only(folder);
    error = error_of([&] { write_file(folder / "file", "new"); });
  }
  EXPECT_EQ(error, "cannot write " + (folder / "file").string() + ": Permission denied");
  EXPECT_EQ(read_file(folder / "file"), "old");
  EXPECT_EQ(entries_in(folder), 1);
}

// A limit on the size of files stands in for the full disk: the first write takes only a part, the next one fails.
TEST(AtomicFile, KeepsTheOldFileWhenTheDiskRunsFull) {
  const auto folder = fresh_folder();
  write_file(folder / "file", "old");
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  const rlimit small{1000, usual.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string error = error_of([&] { write_file(folder / "file", std::string(5000, 'x')); });
  ::setrlimit(RLIMIT_FSIZE, &usual);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error, "cannot write " + (folder / "file").string() + ": File too large");
  EXPECT_EQ(read_file(folder / "file"), "old");
  EXPECT_EQ(entries_in(folder), 1);
}

TEST(AtomicFile, NeverShowsAHalfWrittenFile) {
  const auto folder = fresh_folder();
  const std::string a(100'000, 'a'), b(100'000, 'b');
  write_file(folder / "file", a);
  std::vector<std::thread> writers;
  for (const std::string* content : {&a, &b})
    writers.emplace_back([&, content] {
      for (int i = 0; i < 10; ++i) write_file(folder / "file", *content);
    });
  for (int i = 0; i < 50; ++i) {
    const std::string seen = read_file(folder / "file");
    EXPECT_TRUE(seen == a || seen == b);
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(entries_in(folder), 1);
}
