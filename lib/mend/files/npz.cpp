#include "mend/files/npz.hpp"

#include <minizip/unzip.h>
#include <minizip/zip.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>

#include "mend/files/atomic_file.hpp"
#include "mend/files/npy.hpp"
#include "mend/files/npy_header.hpp"
#include "mend/files/open_file.hpp"

namespace mend {
namespace {

constexpr std::uint64_t slack = std::uint64_t{32} << 20;  // what arrays may need beyond the file's size
constexpr std::uint64_t elsewhere = 0xffffffff;           // the number is in another record: beyond 4 GiB
constexpr std::size_t longest_name = 255;
constexpr std::size_t most_at_once = std::size_t{1} << 30;      // minizip counts in 32 bits
constexpr unsigned long encrypted = 1, name_is_utf8 = 1 << 11;  // flags of a member

// The record that ends every archive must end the file, and the directory must end where the record begins. Else bytes
// that belong to nothing stand somewhere, and two programs may see two archives in one file. Returns
// how many bytes the directory has.
std::uint64_t require_end_record(std::ifstream& in, std::uint64_t size) {
  std::array<unsigned char, 22> record{};
  if (size < record.size())
    throw Error("it has " + std::to_string(size) + " bytes, too few for a zip archive");
  in.seekg(static_cast<std::streamoff>(size - record.size()));
  in.read(reinterpret_cast<char*>(record.data()), record.size());
  if (!in || std::memcmp(record.data(), "PK\x05\x06", 4) != 0 || record[20] != 0 || record[21] != 0)
    throw Error("it does not end as a zip archive does: it is none, or bytes are missing or too many");
  const auto number = [&record](std::size_t at) {
    return record[at] | std::uint64_t{record[at + 1]} << 8 | std::uint64_t{record[at + 2]} << 16 |
           std::uint64_t{record[at + 3]} << 24;
  };
  const std::uint64_t directory_size = number(12), directory = number(16);
  if (directory != elsewhere && directory_size != elsewhere &&
      directory + directory_size != size - record.size())
    throw Error("its directory does not end where its last record begins: bytes are missing or too many");
  return directory_size;
}

class Archive {
 public:
  Archive(const std::filesystem::path& path, std::ifstream& in, std::uint64_t size)
      : size_(size), directory_size_(require_end_record(in, size)), left_(size + slack) {
    file_.reset(unzOpen64(path.c_str()));
    if (!file_) throw Error("its directory is damaged");
  }

  // What `read_one` makes of each member's bytes.
  template <class Value>
  std::map<std::string, Value> all(Value (*read_one)(const ReadBytes&, std::uint64_t)) {
    unz_global_info64 archive{};
    if (unzGetGlobalInfo64(file_.get(), &archive) != UNZ_OK) damaged();
    std::map<std::string, Value> arrays;
    if (archive.number_entry > most_names)
      throw Error("it has more than " + std::to_string(most_names) + " arrays");
    std::uint64_t listed = 0, taken = 0;  // bytes of the directory and of the members
    for (std::uint64_t i = 0; i < archive.number_entry; ++i) {
      if ((i == 0 ? unzGoToFirstFile(file_.get()) : unzGoToNextFile(file_.get())) != UNZ_OK) damaged();
      unz_file_info64 info{};
      std::string name = name_of_member(info);
      listed += 46 + info.size_filename + info.size_file_extra + info.size_file_comment;
      taken += 30 + info.size_filename + info.compressed_size;
      if (listed + taken > size_)
        refuse("shares its bytes with another: together they have more than the file");
      if (arrays.contains(name)) throw Error("the name " + shown(name) + " stands there twice");
      arrays.emplace(std::move(name), value(info, read_one));
    }
    if (listed != directory_size_ && directory_size_ != elsewhere) damaged();  // others may see more members
    return arrays;
  }

 private:
  [[noreturn]] static void damaged() { throw Error("its directory is damaged"); }

  std::string name_of_member(unz_file_info64& info) {
    std::array<char, longest_name + 1> text{};
    if (unzGetCurrentFileInfo64(file_.get(), &info, text.data(), text.size(), nullptr, 0, nullptr, 0) !=
        UNZ_OK)
      damaged();
    member_ = std::string(text.data(), std::min<std::size_t>(info.size_filename, text.size()));
    if (info.size_filename > longest_name) refuse("has a name of more than 255 bytes");
    if (!member_.ends_with(".npy")) refuse("is no .npy file");
    std::string name = member_.substr(0, member_.size() - 4);
    require_tensor_name(name);
    return name;
  }

  template <class Value>
  Value value(const unz_file_info64& info, Value (*read_one)(const ReadBytes&, std::uint64_t)) {
    if (info.flag & encrypted) refuse("is encrypted; expected an archive without a password");
    if (info.compression_method != 0 && info.compression_method != Z_DEFLATED)
      refuse("is packed by method " + std::to_string(info.compression_method) +
             "; 0 (stored) and 8 (deflated) can be read");
    if (info.compression_method == 0 && info.compressed_size != info.uncompressed_size)
      refuse("is said to be " + std::to_string(info.uncompressed_size) + " bytes long, and stored in " +
             std::to_string(info.compressed_size));
    if (info.uncompressed_size > left_)
      refuse("unpacks to " + std::to_string(info.uncompressed_size) +
             " bytes, and all arrays may together need 32 MiB more than the file; if it is to be trusted, "
             "save it without compression");
    left_ -= info.uncompressed_size;
    if (unzOpenCurrentFile(file_.get()) != UNZ_OK)
      refuse("is damaged: the directory says something else of it");
    try {
      Value value =
          read_one([this](char* to, std::size_t count) { read(to, count); }, info.uncompressed_size);
      if (unzCloseCurrentFile(file_.get()) != UNZ_OK) throw Error("is damaged: its checksum is wrong");
      return value;
    } catch (const Error& error) {
      refuse(error.what());
    }
  }

  void read(char* destination, std::size_t count) {
    while (count > 0) {
      const int got =
          unzReadCurrentFile(file_.get(), destination, static_cast<unsigned>(std::min(count, most_at_once)));
      if (got <= 0) throw Error("it ends before all of its bytes were unpacked: it is damaged");
      destination += got;
      count -= static_cast<std::size_t>(got);
    }
  }

  [[noreturn]] void refuse(const std::string& reason) const { throw Error(shown(member_) + ": " + reason); }

  struct Close {
    void operator()(void* file) const { unzClose(file); }
  };
  std::unique_ptr<void, Close> file_;
  std::uint64_t size_, directory_size_;
  std::uint64_t left_;  // bytes that arrays may still need
  std::string member_;  // the one that is read, for errors
};

template <class Value>
std::map<std::string, Value> load(const std::filesystem::path& path,
                                  Value (*read_one)(const ReadBytes&, std::uint64_t)) {
  return read_open_file(path, "npz", [&](std::ifstream& in, std::uint64_t size) {
    // The empty archive is its last record alone, which minizip takes for none.
    if (size == 22 && read_file(path) == std::string("PK\x05\x06").append(18, '\0'))
      return std::map<std::string, Value>();
    return Archive(path, in, size).all(read_one);
  });
}

// A file in memory for minizip to write, so that write_file can write it whole or not at all.
struct Memory {
  std::string bytes;
  std::size_t position = 0;

  zlib_filefunc64_def functions() {
    zlib_filefunc64_def all{};
    all.opaque = this;
    all.zopen64_file = [](void* memory, const void*, int) { return memory; };
    all.zwrite_file = [](void*, void* stream, const void* from, uLong size) {
      auto& memory = *static_cast<Memory*>(stream);
      memory.bytes.resize(std::max(memory.bytes.size(), memory.position + size));
      std::memcpy(memory.bytes.data() + memory.position, from, size);
      memory.position += size;
      return size;
    };
    all.ztell64_file = [](void*, void* stream) -> ZPOS64_T { return static_cast<Memory*>(stream)->position; };
    all.zseek64_file = [](void*, void* stream, ZPOS64_T offset, int origin) -> long {
      auto& memory = *static_cast<Memory*>(stream);
      const std::size_t from = origin == SEEK_SET   ? 0
                               : origin == SEEK_CUR ? memory.position
                                                    : memory.bytes.size();
      memory.position = from + offset;
      return 0;
    };
    all.zclose_file = [](void*, void*) { return 0; };
    all.zerror_file = [](void*, void*) { return 0; };
    return all;
  }
};

void require_written(int status) {
  if (status != ZIP_OK) throw Error("save_npz: the archive cannot be written");
}

void write(zipFile zip, std::string_view bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), most_at_once)))
    require_written(
        zipWriteInFileInZip(zip, bytes.data(), static_cast<unsigned>(std::min(bytes.size(), most_at_once))));
}

void write_member(zipFile zip, const std::string& name, const StoredTensor& tensor,
                  NpzCompression compression) {
  const std::string header = npy_header(tensor);
  const std::string_view elements = element_bytes(tensor);
  zip_fileinfo info{};
  info.dosDate = 1 << 21 | 1 << 16;  // 1980-01-01, the first date there is: the same bytes tomorrow
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return c >= 0; });
  const bool large = header.size() + elements.size() >= 0xffff'0000;  // deflating may add a little
  require_written(zipOpenNewFileInZip4_64(
      zip, (name + ".npy").c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
      compression == NpzCompression::stored ? 0 : Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS,
      DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, nullptr, 0, 0, ascii ? 0 : name_is_utf8, large));
  write(zip, header);
  write(zip, elements);
  require_written(zipCloseFileInZip(zip));
}

}  // namespace

std::map<std::string, StoredTensor> load_npz(const std::filesystem::path& path) {
  return load(path, read_npy);
}

std::map<std::string, NpyHeader> load_npz_headers(const std::filesystem::path& path) {
  return load(path, read_npy_header);
}

void save_npz(const std::filesystem::path& path, const std::map<std::string, StoredTensor>& arrays,
              NpzCompression compression) {
  for (const auto& [name, tensor] : arrays) {
    require_tensor_name(name);
    if (name.size() > longest_name - 4)
      throw Error("save_npz: the name " + shown(name) + " has more than 251 bytes; take a shorter one");
  }
  Memory memory;
  zlib_filefunc64_def functions = memory.functions();
  struct Close {
    void operator()(void* zip) const { zipClose(zip, nullptr); }
  };
  std::unique_ptr<void, Close> zip(zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions));
  require_written(zip ? ZIP_OK : ZIP_ERRNO);
  for (const auto& [name, tensor] : arrays) write_member(zip.get(), name, tensor, compression);
  require_written(zipClose(zip.release(), nullptr));
  write_file(path, memory.bytes);
}

}  // namespace mend
