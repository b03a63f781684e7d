// A .npz file: what was read, saved and read again, has the same names, shapes, types and bits, packed or not.
#include "mend/files/npz.hpp"

#include "fuzz/target.hpp"
#include "mend/files/atomic_file.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  const std::map<std::string, StoredTensor> arrays = {{"0.weight", Tensor<float>({2, 3}, 0.5f)},
                                                      {"0.bias", Tensor<double>({3}, -1.0)},
                                                      {"\xc3\xa4", Tensor<std::uint8_t>({40, 40})}};
  std::vector<std::string> files;
  for (const NpzCompression compression : {NpzCompression::stored, NpzCompression::deflated}) {
    save_npz(scratch("seed"), arrays, compression);
    files.push_back(read_file(scratch("seed")));
  }
  save_npz(scratch("seed"), {});
  files.push_back(read_file(scratch("seed")));
  return files;
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return load_npz(file_of(bytes)); });
  if (!read) return false;
  save_npz(scratch("again"), *read, NpzCompression::stored);
  const auto back = load_npz(scratch("again"));
  require(back.size() == read->size(), "no array is lost on the way");
  for (const auto& [name, tensor] : *read)
    require(back.contains(name) && back.at(name).index() == tensor.index() &&
                element_bytes(back.at(name)) == element_bytes(tensor),
            "each array is the same under the same name");
  save_npz(scratch("twice"), back, NpzCompression::stored);
  require(read_file(scratch("twice")) == read_file(scratch("again")), "saved again it is saved as the same");
  return true;
}

}  // namespace mend::fuzz
