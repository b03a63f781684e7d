#include "mend/files/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "mend/tensor/error.hpp"

namespace mend {
namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int reason) {
  throw Error(what + " " + path.string() + ": " + std::generic_category().message(reason));
}

// An open file; closed at the end of the scope unless close() was called.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int get() const { return descriptor_; }
  bool close() { return descriptor_ < 0 || ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

// The file that becomes the real one when all went well; removed when not.
struct Temporary {
  std::filesystem::path path;
  bool keep = false;
  ~Temporary() {
    if (!keep && !path.empty()) ::unlink(path.c_str());
  }
};

// A new file in the folder, under a name that no other process, thread or leftover uses.
int create_in(const std::filesystem::path& folder, Temporary& temporary) {
  static std::atomic<unsigned> counter{0};
  while (true) {
    const std::string name = ".mend-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp";
    const int descriptor = ::open((folder / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) temporary.path = folder / name;
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {  // one write may take only a part, above all when the disk runs full
    const ssize_t written =
        ::write(descriptor, content.data(), std::min<std::size_t>(content.size(), 1 << 30));
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Where a link leads: renaming over its own name would put a file in its place.
std::filesystem::path behind_links(std::filesystem::path path) {
  std::error_code error;
  for (int links = 0; links < 40 && std::filesystem::is_symlink(path, error); ++links)
    path = path.parent_path() / std::filesystem::read_symlink(path, error);
  return path;
}

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view content) {
  struct stat before {};
  const bool there = ::stat(path.c_str(), &before) == 0;
  if (!there && errno != ENOENT) fail("cannot write", path, errno);
  if (there && !S_ISREG(before.st_mode))  // a device, say, would be replaced for everybody
    throw Error("cannot write " + path.string() + ": it is " +
                (S_ISDIR(before.st_mode) ? "a folder" : "no regular file"));
  const std::filesystem::path target = behind_links(path);
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  Temporary temporary;
  Descriptor file(create_in(folder, temporary));
  if (file.get() < 0 || (there && ::fchmod(file.get(), before.st_mode & 0777) != 0) ||
      !write_all(file.get(), content) || ::fsync(file.get()) != 0 || !file.close() ||
      ::rename(temporary.path.c_str(), target.c_str()) != 0)
    fail("cannot write", path, errno);
  temporary.keep = true;
  // The new name outlives a power failure only once the folder is on disk too; not every file system can do that.
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() >= 0) ::fsync(directory.get());
}

std::string read_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0) fail("cannot read", path, errno);
  // What has no size, a pipe or a device, may have no end either, and would take all memory.
  const std::size_t size_there = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
  const std::size_t mebibytes = S_ISREG(status.st_mode) ? 1024 : 64;
  const auto require_room = [&](std::size_t size) {
    if (size > mebibytes << 20)
      throw Error("cannot read " + path.string() + ": it has more than " + std::to_string(mebibytes) +
                  " MiB");
  };
  require_room(size_there);
  // One byte more than there are: the read that finds the end needs room, and growing for it would double the memory.
  std::string content(size_there + 1, '\0');
  std::size_t size = 0;
  while (true) {  // until the end, not until the size: a pipe has none, and a file may grow
    require_room(size);
    if (size == content.size()) content.resize(std::max<std::size_t>(size + 1, size + size / 8));
    const ssize_t count = ::read(file.get(), content.data() + size, content.size() - size);
    if (count < 0 && errno != EINTR) fail("cannot read", path, errno);
    if (count == 0) break;
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  content.resize(size);
  return content;
}

}  // namespace mend
