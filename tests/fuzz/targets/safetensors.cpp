// A whole file: what was read, saved and read again, is the same, bit by bit.
#include "mend/files/safetensors.hpp"

#include "fuzz/target.hpp"
#include "mend/files/atomic_file.hpp"

namespace mend::fuzz {

std::vector<std::string> seeds() {
  std::vector<std::string> files;
  for (const Safetensors& content :
       {Safetensors{{{"0.weight", Tensor<float>({2, 3}, 0.5f)},
                     {"0.bias", Tensor<double>({3}, -1.0)},
                     {"pixels", Tensor<std::uint8_t>({1, 1, 2, 2}, std::uint8_t{200})},
                     {"none", Tensor<float>({0, 4})}},
                    {{"format", "test"}, {"line", "a\nb \"c\""}}},
        Safetensors{{{"x", Tensor<float>({1}, 1.0f)}}, {}}, Safetensors{}}) {
    save_safetensors(scratch("seed"), content);
    files.push_back(read_file(scratch("seed")));
  }
  return files;
}

bool try_input(const std::string& bytes) {
  const auto read = attempt([&] { return load_safetensors(file_of(bytes)); });
  if (!read) return false;
  save_safetensors(scratch("again"), *read);
  const std::string again = read_file(scratch("again"));  // of NaN, too, the bytes are the same
  save_safetensors(scratch("twice"), load_safetensors(scratch("again")));
  require(read_file(scratch("twice")) == again, "saved and read again it is saved as the same");
  std::size_t elements = 0, kept = 0;
  const Safetensors back = load_safetensors(scratch("again"));
  const auto count = [](const Safetensors& content, std::size_t& bytes_of_elements) {
    for (const auto& [name, tensor] : content.tensors)
      bytes_of_elements += std::visit([](const auto& t) { return t.size() * sizeof(*t.data()); }, tensor);
  };
  count(*read, elements);
  count(back, kept);
  require(elements == kept && read->tensors.size() == back.tensors.size() && read->metadata == back.metadata,
          "nothing is lost on the way");
  return true;
}

}  // namespace mend::fuzz
